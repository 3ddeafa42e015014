import type { AuthInfo } from '../auth-info/auth-info.ts';
import type { AuthInfoList } from '../auth-info/auth-info-list.ts';
import { bearerCredentials, usableHa1 } from '../auth-info/secrets.ts';
import type {
  BearerCredentials,
  CredentialsProvider,
  CredentialsQuery,
  HttpCredentials,
  RefreshedTokens,
} from '../http/credentials.ts';

/** Answers HTTP challenges from the auth infos of a core. */
export class AuthInfoHttpCredentials implements CredentialsProvider {
  readonly #list: AuthInfoList;
  readonly #owners = new WeakMap<BearerCredentials, AuthInfo>();

  constructor(list: AuthInfoList) {
    this.#list = list;
  }

  find(query: CredentialsQuery): HttpCredentials | undefined {
    const info = this.#list.findDigest(query);
    if (info === undefined) return undefined;
    return {
      username: info.username ?? query.username ?? '',
      userid: info.userid ?? undefined,
      password: info.password ?? undefined,
      ha1: usableHa1(info),
      algorithm: info.algorithm ?? undefined,
      realm: info.realm ?? undefined,
    };
  }

  findBearer(query: CredentialsQuery): BearerCredentials | undefined {
    const info = this.#list.findBearer(query);
    if (info === undefined) return undefined;
    const credentials = bearerCredentials(info);
    this.#owners.set(credentials, info);
    return credentials;
  }

  storeTokens(old: BearerCredentials, tokens: RefreshedTokens): void {
    const info = this.#owners.get(old);
    if (info === undefined) return;
    info.accessToken = tokens.accessToken;
    info.refreshToken = tokens.refreshToken ?? info.refreshToken;
    this.#list.touch(info);
  }
}
