import type { RequestFacts } from '../http/request-context.ts';
import type { ReplyHeaders } from '../http/reply.ts';

/** The value of a cookie of the request; cookies of ours need no decoding. */
export function readCookie(
  { header }: Pick<RequestFacts, 'header'>,
  name: string,
): string | undefined {
  for (const pair of header('cookie')?.split(';') ?? []) {
    const [key = '', ...value] = pair.split('=');
    if (key.trim() === name) return value.join('=').trim();
  }
  return undefined;
}

/**
 * Sets a cookie that no script reads and no other site sends along, only over TLS when the page came
 * over TLS.
 * @param maxAgeSeconds undefined: until the browser is closed; 0: gone at once
 */
export function setCookie(
  { origin }: Pick<RequestFacts, 'origin'>,
  name: string,
  value: string,
  maxAgeSeconds?: number,
): ReplyHeaders {
  const parts = [
    `${name}=${value}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    ...(origin.startsWith('https:') ? ['Secure'] : []),
    ...(maxAgeSeconds === undefined ? [] : [`Max-Age=${maxAgeSeconds}`]),
  ];
  return { 'set-cookie': parts.join('; ') };
}
