import type {
  AuthenticationRequest,
  BearerAnswer,
  Clock,
  CredentialQuery,
  CredentialsStore,
  DigestSecret,
} from '@dialtone/sip';
import { AuthInfo } from '../auth-info/auth-info.ts';
import type { AuthInfoList } from '../auth-info/auth-info-list.ts';
import { AuthMethod } from '../auth-info/auth-method.ts';
import { hashProvenPassword, usableHa1 } from '../auth-info/secrets.ts';
import { type PostForm, refreshTokens, usableAccessToken } from '../http/bearer.ts';

export interface SipCredentialsParts {
  readonly clock: Clock;
  readonly list: AuthInfoList;
  /** `[sip] store_ha1_passwd`: forget the password once its hash is known to work. */
  readonly hashPasswords: () => boolean;
  /** Reaches token endpoints. */
  readonly post: PostForm;
  /** Whoever waits for credentials is to be looked at again. */
  readonly retryWaiting: (username: string | undefined) => void;
  readonly ask: (info: AuthInfo, method: AuthMethod) => void;
}

/** The secret in an entry, as it is at this moment. */
class SecretOfInfo implements DigestSecret {
  readonly info: AuthInfo;
  readonly username: string;
  readonly password: string | undefined;
  readonly ha1: string | undefined;

  constructor(info: AuthInfo, username: string | undefined) {
    this.info = info;
    this.username = info.userid ?? info.username ?? username ?? '';
    this.password = info.password ?? undefined;
    this.ha1 = usableHa1(info);
  }
}

/** Answers SIP challenges from the auth infos of a core (registration.md §3.3, §3.4, §3.9). */
export class SipCredentials implements CredentialsStore {
  readonly #parts: SipCredentialsParts;
  readonly #renewing = new Set<AuthInfo>();
  /** Their token endpoint could not help just now. */
  readonly #unavailable = new Set<AuthInfo>();

  constructor(parts: SipCredentialsParts) {
    this.#parts = parts;
  }

  findDigest(query: CredentialQuery): DigestSecret | undefined {
    const info = this.#parts.list.findDigest(query);
    return info && new SecretOfInfo(info, query.username);
  }

  /** The server said yes: realm and algorithm are known now, and the hash can replace the password. */
  accepted(credentials: DigestSecret, query: CredentialQuery): void {
    if (!(credentials instanceof SecretOfInfo)) return;
    const { info } = credentials;
    const { realm, algorithm, password } = info;
    if (info.realm === null) {
      info.realm = query.realm;
      info.realmLearnt = true;
    }
    info.algorithm ??= query.algorithm ?? 'MD5';
    if (this.#parts.hashPasswords()) hashProvenPassword(info, query);
    if (info.realm !== realm || info.algorithm !== algorithm || info.password !== password) {
      this.#parts.list.touch(info);
    }
  }

  findBearer(query: CredentialQuery): BearerAnswer {
    const info = this.#parts.list.findBearer(query);
    if (info === undefined) return undefined;
    if (this.#renewing.has(info)) return 'pending';
    if (this.#unavailable.has(info)) return 'unavailable';
    const { list, clock } = this.#parts;
    const token = usableAccessToken(list.bearerCredentials(info), clock.now());
    if (token !== undefined) return { token };
    if (info.refreshToken === null) return undefined;
    void this.#renew(info);
    return 'pending';
  }

  authenticationRequired(requests: readonly AuthenticationRequest[]): void {
    for (const request of requests) {
      const method = request.method === 'bearer' ? AuthMethod.Bearer : AuthMethod.HttpDigest;
      this.#parts.ask(this.#question(request), method);
    }
  }

  /** What the application is given to fill in: the entry that was refused, or an empty one. */
  #question(request: AuthenticationRequest): AuthInfo {
    const refused = request.rejected instanceof SecretOfInfo ? request.rejected.info : undefined;
    const { username, realm, domain } = request;
    const info = refused?.clone() ?? new AuthInfo({ username: username ?? null, realm, domain });
    for (const algorithm of request.algorithms) info.addAvailableAlgorithm(algorithm);
    if (info.algorithm === null) info.algorithm = info.availableAlgorithms[0] ?? null;
    info.authorizationServer ??= request.authorizationServer ?? null;
    return info;
  }

  async #renew(info: AuthInfo): Promise<void> {
    this.#renewing.add(info);
    const { clock, post, list, retryWaiting } = this.#parts;
    const tokens = await refreshTokens(list.bearerCredentials(info), clock.now(), post).catch(
      () => 'unavailable' as const,
    );
    this.#renewing.delete(info);
    if (tokens === 'unavailable') {
      // Known to those who wait now; whoever comes later has the endpoint asked anew.
      this.#unavailable.add(info);
      retryWaiting(info.username ?? undefined);
      this.#unavailable.delete(info);
      return;
    }
    info.accessToken = tokens?.accessToken ?? null;
    // A refresh token that was refused would be refused again.
    if (tokens === undefined || tokens.refreshToken !== undefined) {
      info.refreshToken = tokens?.refreshToken ?? null;
    }
    list.touch(info);
    retryWaiting(info.username ?? undefined);
  }
}
