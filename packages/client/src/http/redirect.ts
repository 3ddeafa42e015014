import { HttpError } from './http-error.ts';

/** Redirections followed for one request. */
export const MAX_REDIRECTS = 10;

const FOLLOWED: ReadonlySet<number> = new Set([301, 302, 307]);

/** Headers that carry nothing of the user and may be shown to any server. */
const HARMLESS_HEADERS: ReadonlySet<string> = new Set([
  'accept',
  'accept-language',
  'user-agent',
  'x-linphone-provisioning',
]);

/** Whether a response asks for the same request somewhere else, in a way that is followed. */
export function isFollowed(method: string, status: number): boolean {
  return FOLLOWED.has(status) && (method === 'GET' || method === 'HEAD');
}

/**
 * The URL a redirection leads to: relative ones are resolved, and on the same origin the query is
 * inherited if the new location has none (provisioning-client.md §2.5).
 *
 * @throws HttpError `http-redirect` without a usable location, `http-insecure` for a downgrade.
 */
export function redirectTarget(from: URL, location: string | null): URL {
  const to = location === null ? null : URL.parse(location, from.href);
  if (to === null || (to.protocol !== 'https:' && to.protocol !== 'http:')) {
    throw new HttpError('http-redirect', 'redirected without a usable location');
  }
  if (from.protocol === 'https:' && to.protocol === 'http:') {
    throw new HttpError('http-insecure', 'redirected from https to http');
  }
  to.username = '';
  to.password = '';
  if (to.search === '' && to.origin === from.origin) to.search = from.search;
  return to;
}

/**
 * Whether what was meant for `from` may be sent to `to`: the same origin, or the same host where plain
 * HTTP sends its visitors to HTTPS, both on their default ports.
 */
export function isSameSite(from: URL, to: URL): boolean {
  if (from.origin === to.origin) return true;
  const upgraded = from.protocol === 'http:' && to.protocol === 'https:';
  return upgraded && from.host === to.host && from.port === '';
}

/** The headers that may go to a server the request was not made for. */
export function harmlessHeaders(
  headers: readonly (readonly [string, string])[],
): readonly (readonly [string, string])[] {
  return headers.filter(([name]) => HARMLESS_HEADERS.has(name.toLowerCase()));
}
