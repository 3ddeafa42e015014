import { parseUri } from '@dialtone/sip';
import type { HttpHost } from '../account-creator/host.ts';
import type { CredentialsProvider } from '../http/credentials.ts';
import type { HttpRequest, HttpResponse } from '../http/http-message.ts';

/** A call to the REST API of an account server. */
export interface RestCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly url: string;
  /** SIP URI the request is made for: From header, and whose credentials answer a challenge. */
  readonly from?: string | undefined;
  /** Header `x-api-key`. */
  readonly apiKey?: string | null | undefined;
  /** Sent as a compact JSON object; undefined members are left out, no body when none is left. */
  readonly body?: Readonly<Record<string, string | number | undefined>> | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Instead of the core's. */
  readonly credentials?: CredentialsProvider | undefined;
  readonly signal?: AbortSignal | undefined;
}

const TIMEOUT_MS = 30_000;

/**
 * Sends a call; statuses are never errors.
 *
 * @throws HttpError when there is no response.
 */
export async function sendRest(host: HttpHost, call: RestCall): Promise<HttpResponse> {
  const body = JSON.stringify(call.body ?? {});
  const hasBody = body !== '{}';
  const uri = call.from === undefined ? undefined : parseUri(call.from);
  const request: HttpRequest = {
    url: call.url,
    method: call.method,
    headers: {
      Accept: 'application/json',
      'User-Agent': host.userAgent,
      ...(hasBody && { 'Content-Type': 'application/json' }),
      ...(call.from !== undefined && { From: call.from }),
      ...(call.apiKey && { 'x-api-key': call.apiKey }),
      ...call.headers,
    },
    body: hasBody ? body : undefined,
    identity: uri?.user === undefined ? undefined : { username: uri.user, domain: uri.host },
    timeoutMs: TIMEOUT_MS,
    signal: call.signal,
    ...(call.credentials !== undefined && { credentials: call.credentials }),
  };
  return await host.http(request);
}

/** A text as one segment of a path: all but letters, digits and `-_.~` percent-encoded. */
export function pathSegment(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** `base` with a slash at its end. */
export function withSlash(base: string): string {
  return base.endsWith('/') ? base : `${base}/`;
}
