import type { LightMyRequestResponse } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { forbidden } from '../errors/service-error.ts';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';
import { empty, json, text, xml } from './reply.ts';
import { type Route, route } from './route.ts';

const responses = { 200: { description: 'ok' } };
const tag = 'Test';
let spent = 0;

const routes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/api/echo',
    audience: 'public',
    summary: 'Echo the body',
    tag,
    body: z.looseObject({}),
    responses,
    handler: (_context, { body }) => json(body),
  }),
  route({
    method: 'POST',
    path: '/api/register',
    audience: 'public',
    summary: 'Check fields',
    tag,
    body: z.object({
      username: z
        .string()
        .min(3)
        .regex(/^[a-z]+$/),
      email: z.email().nullish(),
      active: z.boolean().nullish(),
    }),
    responses,
    handler: () => empty(),
  }),
  route({
    method: 'POST',
    path: '/api/guarded',
    audience: 'account',
    summary: 'Needs credentials',
    tag,
    body: z.object({ name: z.string() }),
    responses,
    authorize: (_context, raw) => {
      if (raw['full'] === true) throw forbidden('space.full');
    },
    handler: () => empty(),
  }),
  route({
    method: 'GET',
    path: '/spend/:token',
    audience: 'public',
    summary: 'Has an effect',
    tag,
    params: z.object({ token: z.string() }),
    responses,
    handler: (_context, { params }) => {
      spent += 1;
      return text(params.token);
    },
    head: () => empty(),
  }),
  route({
    method: 'GET',
    path: '/api/number/:id',
    audience: 'public',
    summary: 'Takes a number',
    tag,
    params: z.object({ id: z.coerce.number().int() }),
    responses,
    handler: (_context, { params }) => json(params),
  }),
  route({
    method: 'GET',
    path: '/document',
    audience: 'public',
    summary: 'XML',
    tag,
    responses,
    handler: () => xml('<a/>'),
  }),
  route({
    method: 'GET',
    path: '/crash',
    audience: 'public',
    summary: 'Has a defect',
    tag,
    responses,
    handler: () => {
      throw new Error('a secret detail');
    },
  }),
  route({
    method: 'GET',
    path: '/limited',
    audience: 'public',
    summary: 'Is limited',
    tag,
    responses,
    rateLimit: { name: 'test', limit: 2, windowSeconds: 60, by: 'ip' },
    handler: () => empty(),
  }),
];

let test: TestApp;
beforeEach(async () => {
  spent = 0;
  test = await buildTestApp({ routes: () => routes, rateLimits: true });
});
afterEach(() => test.close());

function post(url: string, body: string | object, headers: Record<string, string> = {}) {
  return test.request({ method: 'POST', url, body, headers });
}

function errorsOf(response: LightMyRequestResponse): Record<string, string[]> {
  return z.object({ errors: z.record(z.string(), z.array(z.string())) }).parse(response.json())
    .errors;
}

describe('answers', () => {
  it('X1: JSON answers are exactly application/json', async () => {
    const response = await post('/api/echo', { a: 1 });
    expect(response.headers['content-type']).toBe('application/json');
    expect(response.headers['cache-control']).toBe('no-cache, private');
    const refused = await post('/api/register', {});
    expect(refused.headers['content-type']).toBe('application/json');
  });

  it('sends XML without a charset', async () => {
    const response = await test.request({ url: '/document' });
    expect(response.headers['content-type']).toBe('application/xml');
    expect(response.body).toBe('<a/>');
  });

  it('accepts a trailing slash', async () => {
    expect((await test.request({ url: '/document/' })).statusCode).toBe(200);
  });

  it('decodes path parameters', async () => {
    expect((await test.request({ url: '/spend/user%40domain' })).body).toBe('user@domain');
  });

  it('answers HEAD like GET, without its effect and without a body', async () => {
    const head = await test.request({ method: 'HEAD', url: '/spend/abc' });
    expect(head.statusCode).toBe(200);
    expect(spent).toBe(0);
    expect((await test.request({ method: 'HEAD', url: '/document' })).body).toBe('');
  });

  it('turns a defect into a 500 that tells nothing', async () => {
    const response = await test.request({ url: '/crash' });
    expect(response.statusCode).toBe(500);
    expect(response.json()).toEqual({ message: 'Server Error', code: 'server.error' });
  });

  it('allows any origin on the API only', async () => {
    expect((await post('/api/echo', {})).headers['access-control-allow-origin']).toBe('*');
    const page = await test.request({ url: '/document' });
    expect(page.headers['access-control-allow-origin']).toBeUndefined();
    const preflight = await test.request({
      method: 'OPTIONS',
      url: '/api/echo',
      headers: {
        origin: 'https://app.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'x-api-key',
      },
    });
    expect(preflight.statusCode).toBe(204);
    expect(preflight.headers).toMatchObject({
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'x-api-key',
      'access-control-max-age': '0',
    });
  });
});

describe('what no route matches', () => {
  it('is 404 as JSON, or a page for browsers', async () => {
    const response = await test.request({ url: '/api/nothing' });
    expect(response.statusCode).toBe(404);
    expect(response.json()).toMatchObject({ code: 'route.not_found' });
    const page = await test.request({ url: '/nothing', headers: { accept: 'text/html,*/*' } });
    expect(page.statusCode).toBe(404);
    expect(page.headers['content-type']).toBe('text/html; charset=UTF-8');
  });

  it('is 405 with Allow when another method would match', async () => {
    const response = await test.request({ method: 'DELETE', url: '/spend/x' });
    expect(response.statusCode).toBe(405);
    expect(response.headers.allow).toBe('GET, HEAD');
  });

  it('is 400 when the path is not decodable', async () => {
    expect((await test.request({ url: '/spend/%zz' })).statusCode).toBe(400);
  });
});

describe('bodies', () => {
  it('T1: a body that is not JSON is 400 Invalid JSON, before authentication', async () => {
    for (const body of ['{', 'a=b', '[1]', '"text"']) {
      const response = await post('/api/guarded', body, { 'content-type': 'application/json' });
      expect(response.statusCode).toBe(400);
      expect(response.json().message).toMatch(/^Invalid JSON/);
    }
  });

  it('keeps the literal in French', async () => {
    const response = await post('/api/echo', '{', { 'accept-language': 'fr' });
    expect(response.json().message).toMatch(/^Invalid JSON/);
  });

  it('reads forms of callers that do not expect JSON', async () => {
    const response = await post('/api/echo', 'a=1&b=', {
      accept: '*/*',
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(response.json()).toEqual({ a: '1', b: null });
  });

  it('trims texts but not passwords, and makes empty texts null', async () => {
    const response = await post('/api/echo?page=2&a=query', {
      a: ' x ',
      password: ' p ',
      old_password: ' o ',
      empty: '',
      nested: { b: ' y ' },
    });
    expect(response.json()).toEqual({
      page: '2',
      a: 'x',
      password: ' p ',
      old_password: 'o',
      empty: null,
      nested: { b: 'y' },
    });
  });

  it('never hands over keys that could raise privileges or reach prototypes', async () => {
    const body = '{"asAdmin":true,"api":1,"__proto__":{"admin":true},"a":{"__proto__":1},"ok":1}';
    const response = await post('/api/echo', body);
    expect(response.json()).toEqual({ a: {}, ok: 1 });
  });

  it('refuses bodies above the limit, announced or not, with 413', async () => {
    const response = await post('/api/echo', { a: 'x'.repeat(1_100_000) });
    expect(response.statusCode).toBe(413);
  });

  it('refuses JSON nested without end', async () => {
    const body = `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`;
    expect((await post('/api/echo', body)).statusCode).toBe(400);
  });
});

describe('validation', () => {
  it('lists every fault of a field and counts the others in the message', async () => {
    const response = await post('/api/register', { username: 'A', email: 'no', active: 'yes' });
    expect(response.statusCode).toBe(422);
    expect(response.json()).toEqual({
      message: 'The username field must be at least 3 characters. (and 3 more errors)',
      code: 'validation.failed',
      errors: {
        username: [
          'The username field must be at least 3 characters.',
          'The username field format is invalid.',
        ],
        email: ['The email field must be a valid email address.'],
        active: ['The active field must be true or false.'],
      },
    });
  });

  it('says only that a missing field is required, in the singular for one more', async () => {
    const response = await post('/api/register', { username: '', email: 'no' });
    expect(response.json()).toMatchObject({
      message: 'The username field is required. (and 1 more error)',
    });
    expect(errorsOf(response)['username']).toEqual(['The username field is required.']);
  });

  it('L1: speaks English to German readers and French to French ones', async () => {
    const texts = async (language: string) =>
      errorsOf(await post('/api/register', {}, { 'accept-language': language }))['username'];
    expect(await texts('de')).toEqual(['The username field is required.']);
    expect(await texts('fr')).toEqual(['Le champ pseudo est obligatoire.']);
    expect(await texts('de, fr;q=0.5')).toEqual(['Le champ pseudo est obligatoire.']);
  });

  it('comes after rights: a full space is 403 before fields are looked at', async () => {
    const key = await test.createKey(await test.createAccount({ username: 'alice' }));
    const send = (body: object) => test.request({ method: 'POST', url: '/api/guarded', body, key });
    expect((await send({ full: true })).statusCode).toBe(403);
    expect((await send({})).statusCode).toBe(422);
    expect((await send({ name: 'x' })).statusCode).toBe(200);
  });

  it('is 404 for a path parameter that cannot name anything', async () => {
    expect((await test.request({ url: '/api/number/abc' })).statusCode).toBe(404);
    expect((await test.request({ url: '/api/number/7' })).json()).toEqual({ id: 7 });
  });
});

describe('rate limits', () => {
  it('answer 429 with Retry-After, per address, until the window ends', async () => {
    const call = (remoteAddress: string) => test.request({ url: '/limited', remoteAddress });
    expect((await call('192.0.2.1')).statusCode).toBe(200);
    expect((await call('192.0.2.1')).statusCode).toBe(200);
    const refused = await call('192.0.2.1');
    expect(refused.statusCode).toBe(429);
    expect(refused.headers['retry-after']).toBe('60');
    expect((await call('192.0.2.2')).statusCode).toBe(200);
    test.clock.advance(60_000);
    expect((await call('192.0.2.1')).statusCode).toBe(200);
  });

  it('count the IPv6 addresses of one subscriber together', async () => {
    const call = async (remoteAddress: string) =>
      (await test.request({ url: '/limited', remoteAddress })).statusCode;
    expect(await call('2001:db8:0:1::1')).toBe(200);
    expect(await call('2001:db8:0:1:ffff::2')).toBe(200);
    expect(await call('2001:db8:0:1::3')).toBe(429);
    expect(await call('2001:db8:0:2::1')).toBe(200);
  });
});
