import type { RequestFacts } from '../http/request-context.ts';
import type { ReplyHeaders } from '../http/reply.ts';

type Facts = Pick<RequestFacts, 'header' | 'origin'>;

/** The value of a cookie of the request; cookies of ours need no decoding. */
export function readCookie(facts: Facts, name: string): string | undefined {
  const fullName = nameOf(facts, name);
  for (const pair of facts.header('cookie')?.split(';') ?? []) {
    const [key = '', ...value] = pair.split('=');
    if (key.trim() === fullName) return value.join('=').trim();
  }
  return undefined;
}

/**
 * Sets a cookie that no script reads and no other site sends along, only over TLS when the page came
 * over TLS.
 * @param maxAgeSeconds undefined: until the browser is closed; 0: gone at once
 */
export function setCookie(
  facts: Pick<Facts, 'origin'>,
  name: string,
  value: string,
  maxAgeSeconds?: number,
): ReplyHeaders {
  const parts = [
    `${nameOf(facts, name)}=${value}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    ...(isSecure(facts) ? ['Secure'] : []),
    ...(maxAgeSeconds === undefined ? [] : [`Max-Age=${maxAgeSeconds}`]),
  ];
  return { 'set-cookie': parts.join('; ') };
}

/**
 * Over TLS with the prefix that browsers take from the very host only (RFC 6265bis §4.1.3.2): a
 * neighbour below the same domain could set a cookie for us otherwise.
 */
function nameOf(facts: Pick<Facts, 'origin'>, name: string): string {
  return isSecure(facts) ? `__Host-${name}` : name;
}

function isSecure({ origin }: Pick<Facts, 'origin'>): boolean {
  return origin.startsWith('https:');
}
