import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { encodeFault, encodeMethodResponse, stringStruct, stringValue } from '@dialtone/contract';
import { afterEach, describe, expect, it } from 'vitest';
import type { CredentialsProvider } from '../http/credentials.ts';
import { httpRequest } from '../http/http-request.ts';
import { XmlRpcArgType, XmlRpcStatus } from './enums.ts';
import { readOutcome } from './outcome.ts';
import { XmlRpcRequest } from './xml-rpc-request.ts';
import { XmlRpcSession } from './xml-rpc-session.ts';

const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
});

interface Received {
  readonly body: string;
  readonly message: IncomingMessage;
}

type Answer = (received: Received, response: ServerResponse) => void;

/** A server on a free port; its URL and what it received. */
async function serve(answer: Answer): Promise<{ url: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer((message, response) => {
    void (async () => {
      const request = { body: await text(message), message };
      received.push(request);
      answer(request, response);
    })();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  cleanups.push(async () => {
    server.closeAllConnections();
    await server[Symbol.asyncDispose]();
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return { url: `http://127.0.0.1:${port}/rpc?key=value`, received };
}

function session(
  url: string,
  options: { from?: string; timeoutMs?: number; credentials?: CredentialsProvider } = {},
): XmlRpcSession {
  const { from, timeoutMs, credentials } = options;
  return new XmlRpcSession({
    url,
    http: (request) => httpRequest({ credentials, ...request }),
    from: () => from,
    timeoutMs,
  });
}

function stringRequest(): XmlRpcRequest {
  return new XmlRpcRequest(XmlRpcArgType.String, 'is_account_used').addStringArg('alice');
}

describe('an XML-RPC session', () => {
  it('posts text/xml to its URL, with the default identity as From', async () => {
    const { url, received } = await serve((_, response) => {
      response.end(encodeMethodResponse(stringValue('OK')));
    });
    const request = stringRequest().addStringArg(null).addIntArg(3);
    let heard: XmlRpcRequest | undefined;
    request.addListener({ onResponse: (answered) => (heard = answered) });
    await session(url, { from: 'sip:alice@example.org' }).sendRequest(request);

    expect(heard).toBe(request);
    expect([request.status, request.stringResponse]).toEqual([XmlRpcStatus.Ok, 'OK']);
    expect(request.rawResponse).toContain('methodResponse');
    expect(received[0]?.body).toBe(request.content);
    expect(received[0]?.message).toMatchObject({
      method: 'POST',
      url: '/rpc?key=value',
      headers: { 'content-type': 'text/xml', from: 'sip:alice@example.org' },
    });
    expect(received[0]?.message.headers).not.toHaveProperty('user-agent');
  });

  it('sends no From without default account', async () => {
    const { url, received } = await serve((_, response) => response.end());
    await session(url).sendRequest(stringRequest());
    expect(received[0]?.message.headers).not.toHaveProperty('from');
  });

  it('answers a digest challenge for the identity of From', async () => {
    const asked: unknown[] = [];
    const credentials: CredentialsProvider = {
      find: (query) => {
        asked.push(query);
        return { username: 'alice', password: 'secret' };
      },
    };
    const { url, received } = await serve(({ message }, response) => {
      const authorized = message.headers.authorization?.startsWith('Digest ') === true;
      if (!authorized) {
        response.statusCode = 401;
        response.setHeader(
          'WWW-Authenticate',
          'Digest realm="sip.example.org", qop="auth", algorithm=SHA-256, nonce="n", opaque="o"',
        );
      }
      response.end(authorized ? encodeMethodResponse(stringValue('OK')) : '');
    });
    const request = stringRequest();
    await session(url, { from: 'sip:alice@example.org', credentials }).sendRequest(request);
    expect(request.stringResponse).toBe('OK');
    expect(received).toHaveLength(2);
    expect(asked[0]).toMatchObject({
      realm: 'sip.example.org',
      username: 'alice',
      domain: 'example.org',
      algorithm: 'SHA-256',
    });
  });

  it.each([201, 204, 302, 401, 500])('reports HTTP %i as failed', async (status) => {
    const { url } = await serve((_, response) => {
      response.writeHead(status, { Location: '/elsewhere' });
      response.end(status === 204 ? undefined : encodeMethodResponse(stringValue('OK')));
    });
    const request = stringRequest();
    await session(url).sendRequest(request);
    expect(request.status).toBe(XmlRpcStatus.Failed);
    expect([request.stringResponse, request.rawResponse]).toEqual([null, null]);
  });

  it('xmlrpc X1: reports a server that never answers as failed', async () => {
    const { url } = await serve(() => {});
    const request = stringRequest();
    await session(url, { timeoutMs: 20 }).sendRequest(request);
    expect(request.status).toBe(XmlRpcStatus.Failed);
  });

  it('xmlrpc X2: reports a URL it cannot send to as failed, at once when it cannot be parsed', async () => {
    const malformed = stringRequest();
    let heard = 0;
    malformed.callbacks.onResponse = () => (heard += 1);
    void session('not a url').sendRequest(malformed);
    expect([malformed.status, heard]).toEqual([XmlRpcStatus.Failed, 1]);

    const foreign = stringRequest();
    await session('mailto:alice@example.org').sendRequest(foreign);
    expect(foreign.status).toBe(XmlRpcStatus.Failed);
  });

  it('silences pending requests when it is released', async () => {
    const arrived = Promise.withResolvers<void>();
    const { url } = await serve(() => arrived.resolve());
    const released = session(url);
    const request = stringRequest();
    let heard = 0;
    request.addListener({ onResponse: () => (heard += 1) });
    const done = released.sendRequest(request);
    await arrived.promise;
    released.release();
    await done;
    expect([heard, request.status]).toEqual([0, XmlRpcStatus.Pending]);
  });

  it('tells the single callback first and sends a request again when asked', async () => {
    const { url, received } = await serve((_, response) => {
      response.end(encodeMethodResponse(stringValue('OK')));
    });
    const request = stringRequest();
    const heard: string[] = [];
    const listener = {
      onResponse: () => heard.push(request.currentListener === listener ? 'list' : 'unknown'),
    };
    request.addListener(listener);
    request.callbacks.onResponse = () => heard.push('single');
    const open = session(url);
    await open.sendRequest(request);
    request.removeListener(listener);
    await open.sendRequest(request);
    expect(heard).toEqual(['single', 'list', 'single']);
    expect(received).toHaveLength(2);
  });
});

describe('an answer', () => {
  const { Int, None, String: Text, StringStruct } = XmlRpcArgType;
  const struct = encodeMethodResponse(stringStruct({ password: 'cafe', algorithm: 'MD5' }));

  it('of the expected type is the result', () => {
    expect(readOutcome(Int, encodeMethodResponse({ kind: 'int', value: 7 }))).toMatchObject({
      ok: true,
      int: 7,
    });
    expect(readOutcome(Text, encodeMethodResponse(stringValue('OK')))).toMatchObject({
      ok: true,
      string: 'OK',
    });
    expect(readOutcome(None, encodeMethodResponse({ kind: 'nil' }))).toMatchObject({ ok: true });
    expect(readOutcome(StringStruct, struct)).toMatchObject({
      ok: true,
      members: [
        ['password', 'cafe'],
        ['algorithm', 'MD5'],
      ],
    });
  });

  it('that is a text instead of a struct failed, with the text', () => {
    expect(readOutcome(StringStruct, encodeMethodResponse(stringValue('ERROR_X')))).toMatchObject({
      ok: false,
      string: 'ERROR_X',
    });
  });

  it.each<[string, string]>([
    ['bare text', encodeMethodResponse({ kind: 'text', value: 'OK' })],
    ['an empty string', encodeMethodResponse(stringValue(''))],
    ['a number', encodeMethodResponse({ kind: 'int', value: 1 })],
    ['a struct', struct],
    ['a fault', encodeFault({ code: -32601, message: 'unknown method' })],
    ['malformed XML', '<methodResponse>'],
    ['nothing', ''],
  ])('to a string request that is %s failed', (_, body) => {
    expect(readOutcome(Text, body)).toEqual({ ok: false, int: null, string: null, members: null });
  });
});
