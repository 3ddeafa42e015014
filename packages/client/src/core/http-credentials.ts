import type { AuthInfo } from '../auth-info/auth-info.ts';
import type { AuthInfoList } from '../auth-info/auth-info-list.ts';
import { hashProvenPassword, usableHa1 } from '../auth-info/secrets.ts';
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
  readonly #hashPasswords: () => boolean;
  readonly #owners = new WeakMap<BearerCredentials | HttpCredentials, AuthInfo>();

  /** `hashPasswords`: `[sip] store_ha1_passwd`. */
  constructor(list: AuthInfoList, hashPasswords: () => boolean) {
    this.#list = list;
    this.#hashPasswords = hashPasswords;
  }

  find(query: CredentialsQuery): HttpCredentials | undefined {
    const info = this.#list.findDigest(query);
    if (info === undefined) return undefined;
    const credentials: HttpCredentials = {
      username: info.username ?? query.username ?? '',
      userid: info.userid ?? undefined,
      password: info.password ?? undefined,
      ha1: usableHa1(info),
      algorithm: info.algorithm ?? undefined,
      realm: info.realm ?? undefined,
    };
    this.#owners.set(credentials, info);
    return credentials;
  }

  accepted(credentials: HttpCredentials, query: CredentialsQuery): void {
    const info = this.#owners.get(credentials);
    if (info === undefined || info.password === null || !this.#hashPasswords()) return;
    hashProvenPassword(info, query);
    if (info.password === null) this.#list.touch(info);
  }

  findBearer(query: CredentialsQuery): BearerCredentials | undefined {
    const info = this.#list.findBearer(query);
    if (info === undefined) return undefined;
    const credentials = this.#list.bearerCredentials(info);
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
