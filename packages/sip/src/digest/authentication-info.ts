import { parseAuthParams, quoted } from './auth-params.ts';

/** Authentication-Info or Proxy-Authentication-Info of a successful answer. RFC 7616 §3.5. */
export interface AuthenticationInfo {
  /** The nonce to use from now on. */
  readonly nextNonce: string | undefined;
  /** The server's proof that it knows the secret: see `computeServerResponse`. */
  readonly serverResponse: string | undefined;
}

/** Reads the header value; undefined when malformed. */
export function parseAuthenticationInfo(value: string): AuthenticationInfo | undefined {
  const params = parseAuthParams(value);
  return params && { nextNonce: params.get('nextnonce'), serverResponse: params.get('rspauth') };
}

/** `nextnonce="…"`: how a server hands out a fresh nonce before the old one is stale. */
export function serializeNextNonce(nextNonce: string): string {
  return quoted('nextnonce', nextNonce);
}
