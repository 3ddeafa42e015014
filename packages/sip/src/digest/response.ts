import { type DigestAlgorithm, digestHash } from './algorithm.ts';

/** What an HA1 is made of. */
export interface Ha1Input {
  readonly algorithm: DigestAlgorithm;
  readonly username: string;
  readonly realm: string;
  readonly password: string;
}

/** What a response is made of. */
export interface ResponseInput {
  readonly algorithm: DigestAlgorithm;
  /** H(username:realm:password) in hexadecimal. */
  readonly ha1: string;
  readonly method: string;
  /** The digest-uri, as in the credentials. */
  readonly uri: string;
  readonly nonce: string;
  /** Undefined for a server that offers no qop (RFC 2069). */
  readonly auth: AuthQuality | undefined;
}

/** What `qop=auth` adds. */
export interface AuthQuality {
  /** Eight hexadecimal digits, as in the credentials. */
  readonly nc: string;
  readonly cnonce: string;
}

/** H(username:realm:password). RFC 7616 §3.4.2. */
export function computeHa1({ algorithm, username, realm, password }: Ha1Input): string {
  return digestHash(algorithm, `${username}:${realm}:${password}`);
}

/** The response in lower-case hexadecimal. RFC 7616 §3.4.1, RFC 2617 §3.2.2.1. */
export function computeResponse(input: ResponseInput): string {
  const { algorithm, nonce, auth } = input;
  const ha1 = input.ha1.toLowerCase();
  const ha2 = digestHash(algorithm, `${input.method}:${input.uri}`);
  const quality = auth === undefined ? '' : `${auth.nc}:${auth.cnonce}:auth:`;
  return digestHash(algorithm, `${ha1}:${nonce}:${quality}${ha2}`);
}

/** `rspauth` of Authentication-Info: the response with an empty method. RFC 7616 §3.5. */
export function computeServerResponse(input: Omit<ResponseInput, 'method'>): string {
  return computeResponse({ ...input, method: '' });
}

/** The hashed user name of `userhash=true`. RFC 7616 §3.4.4. */
export function computeUserhash(
  algorithm: DigestAlgorithm,
  username: string,
  realm: string,
): string {
  return digestHash(algorithm, `${username}:${realm}`);
}

/** A nonce count as sent: eight lower-case hexadecimal digits. */
export function formatNonceCount(count: number): string {
  return count.toString(16).padStart(8, '0');
}
