import { timingSafeEqual } from 'node:crypto';
import type { DigestCredentials } from './credentials.ts';
import { computeResponse } from './response.ts';

/** What the server knows about the request and the user. */
export interface VerifyInput {
  /** The stored H(username:realm:password) for the credentials' algorithm. */
  readonly ha1: string;
  /** Method of the request. */
  readonly method: string;
}

/**
 * Whether the response of these credentials was made with the secret behind `ha1`, compared in
 * constant time. False for algorithms and qualities of protection we cannot compute.
 *
 * Realm, nonce, nonce count, opaque and uri are the caller's to check: only it knows which ones are
 * current.
 */
export function verifyResponse(
  credentials: DigestCredentials,
  { ha1, method }: VerifyInput,
): boolean {
  const { algorithm, qop, auth, uri, nonce } = credentials;
  if (algorithm === undefined || (qop !== undefined && qop !== 'auth')) return false;
  const expected = computeResponse({ algorithm, ha1, method, uri, nonce, auth });
  return equalText(expected, credentials.response.toLowerCase());
}

function equalText(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
