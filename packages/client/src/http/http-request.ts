import { type Clock, systemClock, systemRandom } from '@dialtone/sip';
import { parseChallenges } from '@dialtone/sip/digest';
import { HttpAuthentication } from './authentication.ts';
import type { PostForm } from './bearer.ts';
import { BrokenExchange, type Exchange, type Exchanged, exchange } from './exchange.ts';
import { HttpError } from './http-error.ts';
import type { HttpRequest, HttpResponse, HttpTls } from './http-message.ts';
import {
  MAX_REDIRECTS,
  harmlessHeaders,
  isFollowed,
  isSameSite,
  redirectTarget,
} from './redirect.ts';
import { parseRequestUrl } from './request-url.ts';
import { createWatchdog } from './watchdog.ts';

type HeaderList = readonly (readonly [string, string])[];

/**
 * Sends a request and brings it to its final response: follows redirections, answers challenges,
 * sends a GET again when its connection is lost once. Statuses are never errors.
 *
 * @example
 * const response = await httpRequest({ url: 'https://example.org/api/ping' });
 * if (response.status === 200) console.log(response.text());
 *
 * @throws HttpError when there is no response.
 */
export async function httpRequest(request: HttpRequest): Promise<HttpResponse> {
  const clock = request.clock ?? systemClock;
  if (request.timeoutMs === undefined) return await run(request, clock, request.signal);

  const deadline = new AbortController();
  const watchdog = createWatchdog(clock, () => deadline.abort());
  watchdog.restart(request.timeoutMs);
  const signals = [deadline.signal, request.signal].filter((signal) => signal !== undefined);
  try {
    return await run(request, clock, AbortSignal.any(signals));
  } catch (cause) {
    if (!deadline.signal.aborted) throw cause;
    throw new HttpError('http-timeout', 'no response in time', { cause });
  } finally {
    watchdog.stop();
  }
}

async function run(
  request: HttpRequest,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<HttpResponse> {
  const method = (request.method ?? 'GET').toUpperCase();
  const target = parseRequestUrl(request.url);
  const authentication = new HttpAuthentication({
    provider: request.credentials,
    urlCredentials: target.credentials,
    urlToken: target.accessToken,
    identity: request.identity,
    ask: request.onUnanswered,
    postForm: formPoster(request, clock, signal),
    clock,
    random: request.random ?? systemRandom,
    signal,
  });

  let { url } = target;
  let headers = headerList(request.headers);
  let authorization: string | undefined;
  let trusted = true;
  let redirects = 0;
  for (;;) {
    if (request.httpsOnly === true && url.protocol !== 'https:') {
      throw new HttpError('http-insecure', 'only https is allowed');
    }
    const response = await send({
      url,
      method,
      headers:
        authorization === undefined ? headers : [...headers, ['Authorization', authorization]],
      body: request.body,
      // A client certificate is as telling as a password.
      tls: trusted ? request.tls : withoutClientCertificate(request.tls),
      connectTimeoutMs: request.connectTimeoutMs ?? 15_000,
      idleTimeoutMs: request.idleTimeoutMs ?? 50_000,
      maxBodyBytes: request.maxBodyBytes ?? 10 * 1024 * 1024,
      signal,
      clock,
    });

    if (response.status === 401) {
      const challenges = parseChallenges(response.challenges);
      const uri = url.pathname + url.search;
      authorization = await authentication.answer(challenges, { method, uri, trusted });
      if (signal?.aborted === true) throw new HttpError('http-aborted', 'the request was aborted');
      if (authorization !== undefined) continue;
    } else if (trusted && response.status < 400) {
      authentication.accepted();
    }
    if (request.redirect !== 'manual' && isFollowed(method, response.status)) {
      redirects += 1;
      if (redirects > MAX_REDIRECTS) throw new HttpError('http-redirect', 'too many redirections');
      const next = redirectTarget(url, response.headers.get('location'));
      if (!isSameSite(url, next)) {
        trusted = false;
        headers = harmlessHeaders(headers);
      }
      url = next;
      authorization = undefined;
      continue;
    }
    return finalResponse(response, url);
  }
}

/** Sends, and sends once more where the first attempt was lost and repeating it does no harm. */
async function send(request: Exchange): Promise<Exchanged> {
  try {
    return await exchange(request);
  } catch (error) {
    if (!(error instanceof BrokenExchange)) throw error;
    const repeatable = request.method === 'GET' || request.method === 'HEAD';
    const again = error.neverArrived || (error.lostConnection && repeatable);
    if (!again || request.signal?.aborted === true) throw error.error;
  }
  try {
    return await exchange(request);
  } catch (error) {
    throw error instanceof BrokenExchange ? error.error : error;
  }
}

/** Posts to a token endpoint under the conditions of the request that needs the token. */
function formPoster(request: HttpRequest, clock: Clock, signal: AbortSignal | undefined): PostForm {
  return async (url, form) => {
    try {
      const response = await httpRequest({
        url,
        method: 'POST',
        headers: {
          'Content-Type': 'application/x-www-form-urlencoded',
          Accept: 'application/json',
        },
        body: form.toString(),
        redirect: 'manual',
        httpsOnly: request.httpsOnly ?? false,
        tls: request.tls,
        maxBodyBytes: 64 * 1024,
        signal,
        clock,
      });
      return { status: response.status, text: response.text() };
    } catch (error) {
      if (error instanceof HttpError) return undefined;
      throw error;
    }
  };
}

function withoutClientCertificate(tls: HttpTls | undefined): HttpTls {
  return { ca: tls?.ca, verify: tls?.verify, verifyName: tls?.verifyName };
}

function headerList(headers: HttpRequest['headers']): HeaderList {
  if (headers === undefined) return [];
  return isList(headers) ? headers : Object.entries(headers);
}

function isList(headers: NonNullable<HttpRequest['headers']>): headers is HeaderList {
  return Array.isArray(headers);
}

function finalResponse({ status, headers, body }: Exchanged, url: URL): HttpResponse {
  return { status, headers, body, url: url.href, text: () => new TextDecoder().decode(body) };
}
