import * as http from 'node:http';
import * as https from 'node:https';
import type { Clock } from '@dialtone/sip';
import { decodeContent } from './content-encoding.ts';
import { HttpError } from './http-error.ts';
import type { HttpTls } from './http-message.ts';
import { createWatchdog } from './watchdog.ts';

/** One request as it goes on the wire. */
export interface Exchange {
  readonly url: URL;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | Uint8Array | undefined;
  readonly tls: HttpTls | undefined;
  readonly connectTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly maxBodyBytes: number;
  readonly signal: AbortSignal | undefined;
  readonly clock: Clock;
}

/** One response as it came, its content encoding undone. */
export interface Exchanged {
  readonly status: number;
  readonly headers: Headers;
  /** Each WWW-Authenticate line by itself. */
  readonly challenges: readonly string[];
  readonly body: Uint8Array;
}

/** An exchange that broke. */
export class BrokenExchange extends Error {
  override readonly name = 'BrokenExchange';
  readonly error: HttpError;
  /** The connection was there and then fell silent or broke before a response. */
  readonly lostConnection: boolean;
  /** It was a kept connection the server had closed meanwhile: the request never reached it. */
  readonly neverArrived: boolean;

  constructor(error: HttpError, lostConnection: boolean, neverArrived: boolean) {
    super(error.message, { cause: error });
    this.error = error;
    this.lostConnection = lostConnection;
    this.neverArrived = neverArrived;
  }
}

/**
 * Sends one request and collects its response.
 *
 * @throws HttpError when the request cannot be built or its body is not acceptable;
 *   BrokenExchange when the connection fails.
 */
export async function exchange(request: Exchange): Promise<Exchanged> {
  const response = await receive(request);
  const encoding = response.headers.get('content-encoding');
  return { ...response, body: await decodeContent(response.body, encoding, request.maxBodyBytes) };
}

function receive(request: Exchange): Promise<Exchanged> {
  return new Promise((resolve, reject) => {
    let connected = false;
    const outgoing = open(request);
    const watchdog = createWatchdog(request.clock, () => {
      outgoing.destroy(
        new HttpError(
          'http-timeout',
          connected ? 'no traffic for too long' : 'cannot connect in time',
        ),
      );
    });
    const alive = () => watchdog.restart(request.idleTimeoutMs);
    const onConnected = () => {
      connected = true;
      alive();
    };
    const fail = (cause: Error) => {
      watchdog.stop();
      const reset = 'code' in cause && (cause.code === 'ECONNRESET' || cause.code === 'EPIPE');
      reject(
        cause instanceof HttpError && cause.code === 'http-bad-body'
          ? cause
          : new BrokenExchange(asHttpError(cause), connected, outgoing.reusedSocket && reset),
      );
    };

    watchdog.restart(request.connectTimeoutMs);
    outgoing.once('socket', (socket) => {
      if (!socket.connecting) onConnected();
      else
        socket.once(request.url.protocol === 'https:' ? 'secureConnect' : 'connect', onConnected);
    });
    outgoing.on('error', fail);
    outgoing.once('response', (incoming) => {
      const chunks: Buffer[] = [];
      let length = 0;
      incoming.on('data', (chunk: Buffer) => {
        alive();
        length += chunk.length;
        if (length <= request.maxBodyBytes) chunks.push(chunk);
        else outgoing.destroy(new HttpError('http-bad-body', 'the body is too long'));
      });
      incoming.on('error', fail);
      incoming.once('end', () => {
        watchdog.stop();
        resolve({
          status: incoming.statusCode ?? 0,
          headers: headersOf(incoming.headersDistinct),
          challenges: incoming.headersDistinct['www-authenticate'] ?? [],
          body: Buffer.concat(chunks),
        });
      });
    });
    outgoing.end(request.body);
  });
}

function open({ url, method, headers, body, tls, signal }: Exchange): http.ClientRequest {
  const options: https.RequestOptions = {
    method,
    headers: headerLines(headers, body),
    ...(signal === undefined ? {} : { signal }),
  };
  try {
    if (url.protocol !== 'https:') return http.request(url, options);
    return https.request(url, {
      ...options,
      rejectUnauthorized: tls?.verify ?? true,
      ca: tls?.ca,
      cert: tls?.cert,
      key: tls?.key,
      passphrase: tls?.passphrase,
      ...(tls?.verifyName === false ? { checkServerIdentity: () => undefined } : {}),
    });
  } catch (cause) {
    throw new HttpError('http-bad-header', 'the request cannot be built', { cause });
  }
}

/** Lines of the same name are sent in order, spelled as the first one. */
function headerLines(
  headers: readonly (readonly [string, string])[],
  body: string | Uint8Array | undefined,
): Record<string, string[]> {
  const lines = new Map<string, { readonly name: string; readonly values: string[] }>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    const line = lines.get(key) ?? { name, values: [] };
    line.values.push(value);
    lines.set(key, line);
  }
  if (body !== undefined) {
    const length = String(Buffer.byteLength(body));
    lines.set('content-length', { name: 'Content-Length', values: [length] });
  }
  return Object.fromEntries(Array.from(lines.values(), ({ name, values }) => [name, values]));
}

function headersOf(distinct: NodeJS.Dict<string[]>): Headers {
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(distinct)) {
    for (const value of values) headers.append(name, value);
  }
  return headers;
}

function asHttpError(cause: Error): HttpError {
  if (cause instanceof HttpError) return cause;
  if (cause.name === 'AbortError') {
    return new HttpError('http-aborted', 'the request was aborted', { cause });
  }
  return new HttpError('http-io', 'the connection failed', { cause });
}
