import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { computeHa1, parseCredentials, verifyResponse } from '@dialtone/sip/digest';
import { FakeHost } from '../../account-creator/testing/fake-host.ts';
import { httpRequest } from '../../http/http-request.ts';

/** A request as the server saw it. */
export interface ReceivedRest {
  /** `POST accounts/me/phone` */
  readonly call: string;
  readonly headers: IncomingMessage['headers'];
  /** The parsed JSON body; undefined without body. */
  readonly body: unknown;
}

/** Status with JSON, or with a text of type `text/html`. */
export type RestReply =
  | { readonly status?: number; readonly json: unknown; readonly contentType?: string }
  | { readonly status?: number; readonly html: string };

/** `me` replies want HTTP digest: user `alice`, realm `sip.example.org`, password `secret`. */
export type RestRoutes = Readonly<
  Record<string, RestReply | ((request: ReceivedRest) => RestReply)>
>;

/** An account server on a free port and a core that talks to it. */
export interface RestServer {
  readonly host: FakeHost;
  readonly received: ReceivedRest[];
  close(): Promise<void>;
}

export async function startRestServer(routes: RestRoutes): Promise<RestServer> {
  const received: ReceivedRest[] = [];
  const server = createServer((message, response) => {
    void (async () => {
      const body = await text(message);
      const path = (message.url ?? '').replace('/flexiapi/api/', '');
      const request: ReceivedRest = {
        call: `${message.method} ${path}`,
        headers: message.headers,
        body: body === '' ? undefined : JSON.parse(body),
      };
      if (path.startsWith('accounts/me') && !isAuthorized(message)) {
        const unknown = message.headers.from !== 'sip:alice@sip.example.org';
        response.statusCode = unknown ? 404 : 401;
        if (!unknown) response.setHeader('WWW-Authenticate', CHALLENGE);
        response.end(unknown ? '{"message":""}' : 'Unauthenticated');
        return;
      }
      received.push(request);
      const route = routes[request.call];
      const reply = (typeof route === 'function' ? route(request) : route) ?? {
        status: 404,
        json: { message: 'The route could not be found.' },
      };
      response.statusCode = reply.status ?? 200;
      const type = 'json' in reply ? (reply.contentType ?? 'application/json') : 'text/html';
      response.setHeader('Content-Type', type);
      response.end('json' in reply ? JSON.stringify(reply.json) : reply.html);
    })();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const host = new FakeHost();
  host.accountCreatorUrl = `http://127.0.0.1:${port}/flexiapi/api/`;
  host.answer = (request) => httpRequest({ credentials: host.httpCredentials, ...request });
  return {
    host,
    received,
    close: async () => {
      server.closeAllConnections();
      await server[Symbol.asyncDispose]();
    },
  };
}

const CHALLENGE = 'Digest realm="sip.example.org",qop="auth",algorithm=MD5,nonce="n",opaque="o"';

const ha1 = computeHa1({
  algorithm: 'MD5',
  username: 'alice',
  realm: 'sip.example.org',
  password: 'secret',
});

function isAuthorized(message: IncomingMessage): boolean {
  const credentials = parseCredentials(message.headers.authorization ?? '');
  return (
    credentials !== undefined && verifyResponse(credentials, { ha1, method: message.method ?? '' })
  );
}
