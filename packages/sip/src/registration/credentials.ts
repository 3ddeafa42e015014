/** Which secret a challenge asks for (registration.md §3.3). */
export interface CredentialQuery {
  /** User part of the From URI. */
  readonly username: string | undefined;
  /** Host part of the From URI. */
  readonly domain: string;
  readonly realm: string;
  /** Algorithm of the challenge, upper case, `MD5` when it named none; undefined for Bearer. */
  readonly algorithm: string | undefined;
}

/** A digest secret. The object is handed back in `accepted` and `AuthenticationRequest.rejected`. */
export interface DigestSecret {
  /** Name to send and to hash: the user id where there is one. */
  readonly username: string;
  readonly password: string | undefined;
  /** H(username:realm:password); wins over the password. */
  readonly ha1: string | undefined;
}

/**
 * `'pending'`: a token is being fetched; the store reports by `PendingAuthentications.retry`.
 * `'unavailable'`: it could not be fetched, which may pass.
 */
export type BearerAnswer = { readonly token: string } | 'pending' | 'unavailable' | undefined;

/** One question to the application: these credentials are missing, or were refused. */
export interface AuthenticationRequest {
  readonly method: 'digest' | 'bearer';
  readonly username: string | undefined;
  readonly domain: string;
  readonly realm: string;
  /** Algorithms the server offered, its favourite first; empty for Bearer. */
  readonly algorithms: readonly string[];
  /** The credentials that were sent and refused. */
  readonly rejected: DigestSecret | undefined;
  /** `authz_server` of a Bearer challenge (RFC 8898). */
  readonly authorizationServer: string | undefined;
}

/** Where secrets come from. Owned by the application side; the SIP side keeps only what it has sent. */
export interface CredentialsStore {
  findDigest(query: CredentialQuery): DigestSecret | undefined;
  findBearer(query: CredentialQuery, authorizationServer: string | undefined): BearerAnswer;
  /** These credentials were just accepted for this realm and algorithm. */
  accepted(credentials: DigestSecret, query: CredentialQuery): void;
  /** Asks for credentials, once per distinct request, at the loop turn after the challenge. */
  authenticationRequired(requests: readonly AuthenticationRequest[]): void;
}
