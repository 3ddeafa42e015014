import { hash } from 'node:crypto';

/**
 * HA1 of RFC 7616 §3.4.2, lower-case hex. The algorithm null, empty or `MD5` means MD5; any other
 * than `SHA-256` gives an empty text, which no server accepts (account-creator.md §1.8).
 */
export function computeAccountHa1(
  user: string,
  password: string,
  realm: string,
  algorithm: string | null,
): string {
  const secret = `${user}:${realm}:${password}`;
  if (algorithm === null || algorithm === '' || algorithm === 'MD5') return hash('md5', secret);
  return algorithm === 'SHA-256' ? hash('sha256', secret) : '';
}
