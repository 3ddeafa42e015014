import type { HttpCredentials } from './credentials.ts';
import { HttpError } from './http-error.ts';

/** A URL ready to be requested, and the secrets that were in it. */
export interface RequestUrl {
  /** Without user, password and fragment. */
  readonly url: URL;
  readonly credentials: HttpCredentials | undefined;
  /** `access_token` of the query; it stays part of the URL. */
  readonly accessToken: string | undefined;
}

/** @throws HttpError `http-bad-url`; the message does not repeat the URL. */
export function parseRequestUrl(text: string | URL): RequestUrl {
  const url = URL.parse(String(text));
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new HttpError('http-bad-url', 'not an absolute http or https URL');
  }
  const credentials =
    url.username === ''
      ? undefined
      : { username: unescape(url.username), password: unescape(url.password) };
  url.username = '';
  url.password = '';
  url.hash = '';
  return { url, credentials, accessToken: url.searchParams.get('access_token') ?? undefined };
}

/** A stray `%` is itself. */
function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
