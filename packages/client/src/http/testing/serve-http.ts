import * as http from 'node:http';
import * as https from 'node:https';
import { LOCALHOST_CERTIFICATE, LOCALHOST_KEY } from './localhost-certificate.ts';

/** A request as the server saw it. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  /** Names as spelled on the wire, values between them. */
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

/** What the server answers; `hang`: nothing, `drop`: it closes the connection. */
export type Reply =
  | 'hang'
  | 'drop'
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string | readonly string[]>>;
      readonly body?: string | Uint8Array;
    };

/** A running test server. */
export interface TestHttpServer extends AsyncDisposable {
  /** Without a slash at the end. */
  readonly url: string;
  readonly seen: readonly SeenRequest[];
}

/** Starts a real server on a free port of the loopback interface. */
export async function serveHttp(
  answer: (request: SeenRequest, index: number) => Reply | Promise<Reply>,
  { tls = false }: { readonly tls?: boolean } = {},
): Promise<TestHttpServer> {
  const seen: SeenRequest[] = [];
  const listener: http.RequestListener = (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const request: SeenRequest = {
        method: incoming.method ?? '',
        path: incoming.url ?? '',
        headers: incoming.headers,
        rawHeaders: incoming.rawHeaders,
        body: Buffer.concat(chunks).toString(),
      };
      seen.push(request);
      void reply(outgoing, answer(request, seen.length - 1));
    });
  };
  const server = tls
    ? https.createServer({ cert: LOCALHOST_CERTIFICATE, key: LOCALHOST_KEY }, listener)
    : http.createServer(listener);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const { port } = address;
  const scheme = tls ? 'https' : 'http';
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

async function reply(outgoing: http.ServerResponse, answer: Reply | Promise<Reply>): Promise<void> {
  const chosen = await answer;
  if (chosen === 'hang') return;
  if (chosen === 'drop') {
    outgoing.destroy();
    return;
  }
  for (const [name, value] of Object.entries(chosen.headers ?? {})) {
    outgoing.setHeader(name, typeof value === 'string' ? value : [...value]);
  }
  outgoing.statusCode = chosen.status ?? 200;
  outgoing.end(chosen.body);
}
