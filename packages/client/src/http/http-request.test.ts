import { gzipSync } from 'node:zlib';
import { FakeClock } from '@dialtone/sip/testing';
import { describe, expect, it, vi } from 'vitest';
import { HttpError } from './http-error.ts';
import type { HttpRequest } from './http-message.ts';
import { httpRequest } from './http-request.ts';
import { LOCALHOST_CERTIFICATE } from './testing/localhost-certificate.ts';
import { type Reply, serveHttp } from './testing/serve-http.ts';

function codeOf(request: HttpRequest): Promise<string> {
  return httpRequest(request).then(
    (response) => `status ${response.status}`,
    (error: unknown) => (error instanceof HttpError ? error.code : Promise.reject(error)),
  );
}

describe('httpRequest', () => {
  it('sends what it is given, as it is spelled, and little else', async () => {
    await using server = await serveHttp(() => ({ headers: { 'X-Answer': 'a' }, body: 'é' }));
    const response = await httpRequest({
      url: `${server.url}/p?q=1`,
      method: 'post',
      headers: [
        ['X-One', '1'],
        ['x-one', '2'],
        ['Content-Type', 'text/plain'],
      ],
      body: 'é',
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('x-answer')).toBe('a');
    expect(response.text()).toBe('é');
    expect(response.url).toBe(`${server.url}/p?q=1`);
    const [request] = server.seen;
    expect(request).toMatchObject({ method: 'POST', path: '/p?q=1', body: 'é' });
    expect(request?.rawHeaders.filter((_text, index) => index % 2 === 0)).toEqual([
      'X-One',
      'X-One',
      'Content-Type',
      'Content-Length',
      'Host',
      'Connection',
    ]);
    expect(request?.headers['content-length']).toBe('2');
  });

  it('returns any status as a response', async () => {
    await using server = await serveHttp(() => ({ status: 500, body: 'broken' }));
    expect(await httpRequest({ url: server.url })).toMatchObject({ status: 500 });
  });

  it('decodes a body that was compressed without being asked to', async () => {
    await using server = await serveHttp(() => ({
      headers: { 'Content-Encoding': 'gzip' },
      body: gzipSync('text'),
    }));
    expect((await httpRequest({ url: server.url })).text()).toBe('text');
    expect(server.seen[0]?.headers['accept-encoding']).toBeUndefined();
  });

  it('refuses a body beyond the limit', async () => {
    await using server = await serveHttp(() => ({ body: Buffer.alloc(100_000) }));
    expect(await codeOf({ url: server.url, maxBodyBytes: 99_999 })).toBe('http-bad-body');
    expect(await codeOf({ url: server.url, maxBodyBytes: 100_000 })).toBe('status 200');
  });

  it.each<[what: string, request: HttpRequest, code: string]>([
    ['a relative URL', { url: '/x' }, 'http-bad-url'],
    ['a header with a line break', { url: 'http://h/', headers: { a: 'b\nc' } }, 'http-bad-header'],
    ['a header without a name', { url: 'http://h/', headers: { '': 'b' } }, 'http-bad-header'],
    ['plain HTTP where forbidden', { url: 'http://h/', httpsOnly: true }, 'http-insecure'],
    ['a port nobody listens at', { url: 'http://127.0.0.1:1/' }, 'http-io'],
    [
      'an aborted signal',
      { url: 'http://127.0.0.1:1/', signal: AbortSignal.abort() },
      'http-aborted',
    ],
  ])('refuses %s', async (_what, request, code) => {
    expect(await codeOf(request)).toBe(code);
  });

  it('checks certificates against those it is told to trust', async () => {
    await using server = await serveHttp(() => ({ body: 'secure' }), { tls: true });
    const { url } = server;
    expect(await codeOf({ url })).toBe('http-io');
    expect(await codeOf({ url, tls: { ca: LOCALHOST_CERTIFICATE }, httpsOnly: true })).toBe(
      'status 200',
    );
    expect(await codeOf({ url, tls: { verify: false } })).toBe('status 200');
  });
});

describe('lost connections', () => {
  it('send a GET again, once', async () => {
    await using server = await serveHttp((_request, index) =>
      index === 0 ? 'drop' : { body: '' },
    );
    expect(await codeOf({ url: server.url })).toBe('status 200');
    expect(server.seen).toHaveLength(2);
  });

  it('give up after the second time', async () => {
    await using server = await serveHttp(() => 'drop');
    expect(await codeOf({ url: server.url })).toBe('http-io');
    expect(server.seen).toHaveLength(2);
  });

  it('do not send a POST again', async () => {
    await using server = await serveHttp(() => 'drop');
    expect(await codeOf({ url: server.url, method: 'POST', body: 'x' })).toBe('http-io');
    expect(server.seen).toHaveLength(1);
  });

  it('count silence as a loss', async () => {
    const clock = new FakeClock();
    const silent: Reply[] = ['hang', 'hang'];
    await using server = await serveHttp((_request, index) => silent[index] ?? { body: '' });
    const answer = codeOf({ url: server.url, clock });
    for (const requests of [1, 2]) {
      await vi.waitFor(() => expect(server.seen).toHaveLength(requests));
      clock.advance(50_000);
    }
    expect(await answer).toBe('http-timeout');
    expect(clock.pending).toBe(0);
  });

  it('end at the limit for the whole exchange', async () => {
    const clock = new FakeClock();
    await using server = await serveHttp(() => 'hang');
    const answer = codeOf({ url: server.url, clock, timeoutMs: 1000 });
    await vi.waitFor(() => expect(server.seen).toHaveLength(1));
    clock.advance(1000);
    expect(await answer).toBe('http-timeout');
    expect(server.seen).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it('end when the caller aborts', async () => {
    const controller = new AbortController();
    await using server = await serveHttp(() => 'hang');
    const answer = codeOf({ url: server.url, signal: controller.signal });
    await vi.waitFor(() => expect(server.seen).toHaveLength(1));
    controller.abort();
    expect(await answer).toBe('http-aborted');
  });
});

describe('redirections', () => {
  const secrets = { 'X-Api-Key': 'k', From: 'sip:a@b', 'X-Linphone-Provisioning': '1' };

  it('are followed with all headers on the same origin', async () => {
    await using server = await serveHttp(({ path }) =>
      path.startsWith('/old') ? { status: 302, headers: { Location: '/new' } } : { body: 'here' },
    );
    const response = await httpRequest({ url: `${server.url}/old?t=1`, headers: secrets });
    expect(response.url).toBe(`${server.url}/new?t=1`);
    expect(server.seen[1]?.headers).toMatchObject({ 'x-api-key': 'k', from: 'sip:a@b' });
  });

  it('show another origin neither headers nor credentials', async () => {
    await using target = await serveHttp(() => ({
      status: 401,
      headers: { 'WWW-Authenticate': ['Basic realm="r"', 'Bearer realm="r"'] },
    }));
    await using server = await serveHttp(() => ({
      status: 307,
      headers: { Location: target.url },
    }));
    const ask = vi.fn(async () => true);
    const response = await httpRequest({
      url: server.url.replace('//', '//alice:secret@'),
      headers: secrets,
      credentials: {
        find: () => ({ username: 'alice', password: 'secret' }),
        findBearer: () => ({ accessToken: { token: 't', expiresAt: 0 } }),
      },
      onUnanswered: ask,
    });
    expect(response.status).toBe(401);
    expect(ask).not.toHaveBeenCalled();
    expect(target.seen).toHaveLength(1);
    expect(target.seen[0]?.headers).toMatchObject({ 'x-linphone-provisioning': '1' });
    expect(target.seen[0]?.headers.from).toBeUndefined();
    expect(target.seen[0]?.headers['x-api-key']).toBeUndefined();
  });

  it('end after ten', async () => {
    await using server = await serveHttp((_request, index) => ({
      status: 301,
      headers: { Location: `/${index}` },
    }));
    expect(await codeOf({ url: server.url })).toBe('http-redirect');
    expect(server.seen).toHaveLength(11);
  });

  it('are a response to a POST, and where they are not wanted', async () => {
    await using server = await serveHttp(() => ({ status: 302, headers: { Location: '/' } }));
    expect(await codeOf({ url: server.url, method: 'POST' })).toBe('status 302');
    expect(await codeOf({ url: server.url, redirect: 'manual' })).toBe('status 302');
  });

  it('never lead from HTTPS to HTTP', async () => {
    await using plain = await serveHttp(() => ({ body: '' }));
    await using server = await serveHttp(
      () => ({ status: 302, headers: { Location: plain.url } }),
      {
        tls: true,
      },
    );
    expect(await codeOf({ url: server.url, tls: { verify: false } })).toBe('http-insecure');
    expect(plain.seen).toHaveLength(0);
  });
});
