/** A token of an OAuth server and when it ends. */
export interface BearerToken {
  readonly token: string;
  /** Unix seconds; 0: never. */
  readonly expiresAt: number;
}

/** What an `AuthInfo` is made of; every field may be left out or null. */
export interface AuthInfoFields {
  readonly username?: string | null | undefined;
  /** Name for authentication where it differs from the user name. */
  readonly userid?: string | null | undefined;
  readonly password?: string | null | undefined;
  /** H(userid:realm:password) in hex; without algorithm it is MD5. */
  readonly ha1?: string | null | undefined;
  readonly realm?: string | null | undefined;
  readonly domain?: string | null | undefined;
  readonly algorithm?: string | null | undefined;
}

const DIGEST_ALGORITHMS = ['MD5', 'SHA-256'];

/**
 * Credentials: user and password, a hashed password, tokens, or a TLS client certificate
 * (registration.md §3.1). The core stores a copy: change one by removing and adding it again.
 *
 * @example
 * core.addAuthInfo(new AuthInfo({ username: 'alice', password: 'secret', domain: 'example.org' }));
 */
export class AuthInfo {
  #username: string | null;
  #userid: string | null;
  #password: string | null;
  #ha1: string | null;
  #realm: string | null;
  #algorithm: string | null = null;
  #availableAlgorithms: readonly string[] = [];
  #ha1Outdated = false;
  domain: string | null;
  /** The realm was learnt from a challenge, not given by the application. */
  realmLearnt = false;
  /** PEM text of the certificate chain and its key. */
  tlsCert: string | null = null;
  tlsKey: string | null = null;
  /** PEM files. */
  tlsCertPath: string | null = null;
  tlsKeyPath: string | null = null;
  tlsKeyPassword: string | null = null;
  accessToken: BearerToken | null = null;
  refreshToken: BearerToken | null = null;
  authorizationServer: string | null = null;
  /** URI of the token endpoint. */
  tokenEndpoint: string | null = null;
  clientId: string | null = null;
  /** Of a confidential OAuth client. */
  clientSecret: string | null = null;
  /** Unix seconds after which the core forgets this entry; 0: never. Not persisted. */
  expires = 0;

  constructor(fields: AuthInfoFields = {}) {
    this.#username = fields.username ?? null;
    this.#userid = fields.userid ?? null;
    this.#password = fields.password ?? null;
    this.#realm = fields.realm ?? null;
    this.domain = fields.domain ?? null;
    this.#ha1 = fields.ha1 ?? null;
    const algorithm = fields.algorithm ?? (this.#ha1 === null ? null : 'MD5');
    if (algorithm !== null) this.algorithm = algorithm;
    this.#ha1Outdated = false;
  }

  get username(): string | null {
    return this.#username;
  }

  set username(value: string | null) {
    this.#ha1Outdated ||= this.#ha1 !== null && value !== this.#username;
    this.#username = value;
  }

  get userid(): string | null {
    return this.#userid;
  }

  set userid(value: string | null) {
    this.#ha1Outdated ||= this.#ha1 !== null && value !== this.#userid;
    this.#userid = value;
  }

  get password(): string | null {
    return this.#password;
  }

  set password(value: string | null) {
    this.#ha1Outdated ||= this.#ha1 !== null && value !== this.#password;
    this.#password = value;
  }

  /** Setting one without algorithm makes the algorithm MD5. */
  get ha1(): string | null {
    return this.#ha1;
  }

  set ha1(value: string | null) {
    this.#ha1 = value;
    if (value !== null && this.#algorithm === null) this.algorithm = 'MD5';
    this.#ha1Outdated = false;
  }

  get realm(): string | null {
    return this.#realm;
  }

  set realm(value: string | null) {
    this.#ha1Outdated ||= this.#ha1 !== null && value !== this.#realm;
    this.#realm = value;
  }

  /** `MD5`, `SHA-256` or null; setting one adds it to the available ones. */
  get algorithm(): string | null {
    return this.#algorithm;
  }

  set algorithm(value: string | null) {
    this.#ha1Outdated ||= this.#ha1 !== null && value !== this.#algorithm;
    this.#algorithm = value;
    if (value !== null) this.addAvailableAlgorithm(value);
  }

  get availableAlgorithms(): readonly string[] {
    return this.#availableAlgorithms;
  }

  set availableAlgorithms(names: readonly string[]) {
    this.#availableAlgorithms = [];
    for (const name of names) this.addAvailableAlgorithm(name);
  }

  /** Adds a digest algorithm that is supported; any other is ignored. */
  addAvailableAlgorithm(name: string): void {
    const known = DIGEST_ALGORITHMS.find((algorithm) => algorithm === name.toUpperCase());
    if (known !== undefined && !this.#availableAlgorithms.includes(known)) {
      this.#availableAlgorithms = [...this.#availableAlgorithms, known];
    }
  }

  /** A field the ha1 was computed from has changed since. */
  get ha1Outdated(): boolean {
    return this.#ha1Outdated;
  }

  get hasToken(): boolean {
    return this.accessToken !== null || this.refreshToken !== null;
  }

  /** There is something in it that can prove an identity, or help to get a token that does. */
  get usable(): boolean {
    const certificate = this.tlsKey !== null || this.tlsKeyPath !== null;
    const secret = this.#password !== null || this.#ha1 !== null;
    return secret || certificate || this.hasToken || this.clientId !== null;
  }

  clone(): AuthInfo {
    const copy = new AuthInfo();
    copy.#username = this.#username;
    copy.#userid = this.#userid;
    copy.#password = this.#password;
    copy.#ha1 = this.#ha1;
    copy.#realm = this.#realm;
    copy.#algorithm = this.#algorithm;
    copy.#availableAlgorithms = this.#availableAlgorithms;
    copy.#ha1Outdated = this.#ha1Outdated;
    copy.domain = this.domain;
    copy.realmLearnt = this.realmLearnt;
    copy.tlsCert = this.tlsCert;
    copy.tlsKey = this.tlsKey;
    copy.tlsCertPath = this.tlsCertPath;
    copy.tlsKeyPath = this.tlsKeyPath;
    copy.tlsKeyPassword = this.tlsKeyPassword;
    copy.accessToken = this.accessToken;
    copy.refreshToken = this.refreshToken;
    copy.authorizationServer = this.authorizationServer;
    copy.tokenEndpoint = this.tokenEndpoint;
    copy.clientId = this.clientId;
    copy.clientSecret = this.clientSecret;
    copy.expires = this.expires;
    return copy;
  }

  /** Same user name, user id, realm and domain. */
  isEqualButAlgorithms(other: AuthInfo): boolean {
    return (
      this.#username === other.#username &&
      this.#userid === other.#userid &&
      this.#realm === other.#realm &&
      this.domain === other.domain
    );
  }
}
