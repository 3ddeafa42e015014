import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { waitUntil } from './wait-until.ts';

/** A reverse proxy that remembers what passed. */
export interface RecordingProxy extends AsyncDisposable {
  readonly url: string;
  /** Each exchange in the order of the answers: `POST /api/tokens 422`. */
  readonly exchanges: readonly string[];
  /** Waits until an exchange passed. */
  seen(exchange: string): Promise<void>;
}

/** Starts a proxy in front of the server at `target`, which is told the same Host. */
export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const { hostname, port } = new URL(target);
  const exchanges: string[] = [];
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const forwarded = request({ hostname, port, method, path: url, headers }, (answer) => {
      exchanges.push(`${method} ${url} ${answer.statusCode}`);
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    forwarded.once('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the proxy has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    exchanges,
    seen: async (exchange) => {
      await waitUntil(`${exchange} passes`, () =>
        exchanges.includes(exchange) ? true : undefined,
      );
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
