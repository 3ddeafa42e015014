import { computeHa1, type DigestAlgorithm } from '@dialtone/sip/digest';
import type { BearerCredentials } from '../http/credentials.ts';
import type { AuthInfo } from './auth-info.ts';

/** The hash of an entry, unless a field it was computed from has changed and a password can replace it. */
export function usableHa1(info: AuthInfo): string | undefined {
  const replaced = info.ha1Outdated && info.password !== null;
  return replaced ? undefined : (info.ha1 ?? undefined);
}

/**
 * Computes the hash of the password in place; the clear password is forgotten. Only where realm and
 * algorithm are known: another hash than the one a server asks for would be of no use.
 */
export function hashPassword(info: AuthInfo): void {
  const algorithm = digestAlgorithm(info.algorithm ?? '');
  const username = info.userid ?? info.username;
  const { realm, password } = info;
  if (realm === null || password === null || username === null || algorithm === undefined) return;
  const ha1 = computeHa1({ algorithm, username, realm, password });
  info.password = null;
  info.ha1 = ha1;
}

/** A server has accepted an answer made with `info`: its hash can replace the password from now on. */
export function hashProvenPassword(
  info: AuthInfo,
  challenge: { readonly realm: string | undefined; readonly algorithm: string | undefined },
): void {
  const { realm, algorithm } = info;
  if (realm !== challenge.realm || algorithm === null) return;
  if (algorithm.toUpperCase() === challenge.algorithm?.toUpperCase()) hashPassword(info);
}

/** As it is saved: hashed where that is possible, so that no file holds a password without need. */
export function forStorage(info: AuthInfo): AuthInfo {
  if (info.password === null || info.clientId !== null) return info;
  const copy = info.clone();
  hashPassword(copy);
  return copy;
}

/** `client`: who asks for tokens (`findOAuthClient`). */
export function bearerCredentials(info: AuthInfo, client: AuthInfo): BearerCredentials {
  return {
    accessToken: info.accessToken ?? undefined,
    refreshToken: info.refreshToken ?? undefined,
    tokenEndpoint: info.tokenEndpoint ?? undefined,
    authorizationServer: info.authorizationServer ?? undefined,
    clientId: info.clientId ?? client.clientId ?? undefined,
    clientSecret: client.clientSecret ?? undefined,
  };
}

function digestAlgorithm(name: string): DigestAlgorithm | undefined {
  const upper = name.toUpperCase();
  return upper === 'MD5' || upper === 'SHA-256' || upper === 'SHA-512-256' ? upper : undefined;
}
