/** An OAuth 2 token and when it stops being good. */
export interface BearerToken {
  readonly token: string;
  /** Unix seconds; 0 when unknown. */
  readonly expiresAt: number;
}

/** What is known of a request when it is challenged. */
export interface CredentialsQuery {
  /** Realm of the challenge. */
  readonly realm: string | undefined;
  /** User and domain of the identity the request is made for. */
  readonly username: string | undefined;
  readonly domain: string | undefined;
  /** Digest algorithm of the challenge; undefined for Basic. */
  readonly algorithm: string | undefined;
}

/** Material for Digest and Basic. */
export interface HttpCredentials {
  readonly username: string;
  /** Name to authenticate with when it is not the user name. */
  readonly userid?: string | undefined;
  readonly password?: string | undefined;
  /** Lower-case hexadecimal H(user:realm:password); good only for its realm and algorithm. */
  readonly ha1?: string | undefined;
  /** Algorithm of `ha1`. Default MD5. */
  readonly algorithm?: string | undefined;
  readonly realm?: string | undefined;
}

/** Material for Bearer (RFC 6750) and for a new access token (RFC 6749 §6). */
export interface BearerCredentials {
  readonly accessToken?: BearerToken | undefined;
  readonly refreshToken?: BearerToken | undefined;
  /** Where a refresh token is redeemed; else `<authorizationServer>/token`. */
  readonly tokenEndpoint?: string | undefined;
  readonly authorizationServer?: string | undefined;
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
}

/** The tokens a refresh has yielded. */
export interface RefreshedTokens {
  readonly accessToken: BearerToken;
  /** Undefined: the old one stays good. */
  readonly refreshToken: BearerToken | undefined;
}

/** Where the HTTP client looks when a server asks who is calling. */
export interface CredentialsProvider {
  /** Credentials usable for the challenge, or undefined. */
  find(query: CredentialsQuery): HttpCredentials | undefined;
  /** The server took an answer to a Digest challenge; `credentials` is what `find` gave for `query`. */
  accepted?(credentials: HttpCredentials, query: CredentialsQuery): void;
  /** Tokens for a Bearer challenge, or undefined. */
  findBearer?(query: CredentialsQuery): BearerCredentials | undefined;
  /** Keeps what a refresh yielded; `old` is what `findBearer` gave. */
  storeTokens?(old: BearerCredentials, tokens: RefreshedTokens): void;
}
