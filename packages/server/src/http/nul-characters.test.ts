import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildTestApp, type TestApp, type TestRequest } from '../testing/build-test-app.ts';
import { json, text } from './reply.ts';
import { route } from './route.ts';

const responses = { 200: { description: 'Done' } };
let authorized = 0;

const routes = [
  route({
    method: 'POST',
    path: '/api/things/:name',
    audience: 'public',
    summary: 'Takes anything',
    tag: 'Test',
    params: z.object({ name: z.string() }),
    body: z.record(z.string(), z.unknown()),
    responses,
    authorize: () => {
      authorized += 1;
    },
    handler: (_context, { body }) => json(body),
  }),
  route({
    method: 'PUT',
    path: '/api/text',
    audience: 'public',
    summary: 'Takes a text',
    tag: 'Test',
    body: z.string(),
    bodyFormat: 'text',
    responses,
    handler: (_context, { body }) => text(body),
  }),
  route({
    method: 'POST',
    path: '/api/mine',
    audience: 'account',
    summary: 'Takes anything of its own',
    tag: 'Test',
    body: z.record(z.string(), z.unknown()),
    responses,
    handler: (_context, { body }) => json(body),
  }),
];

let test: TestApp;
beforeEach(async () => {
  authorized = 0;
  test = await buildTestApp({ routes: () => routes });
});
afterEach(() => test.close());

const ask = async (request: Omit<TestRequest, 'method'> & { method?: 'POST' | 'PUT' }) => {
  const { statusCode, body } = await test.request({ method: 'POST', ...request });
  return { statusCode, body };
};

describe('a NUL character', () => {
  it('in a field is refused by the name of the field, before anything looks at it', async () => {
    const body = { a: 'x\0', b: 'x', list: ['x', 'y\0'], dictionary: { key: '\0', 'o\0k': 'x' } };
    const { statusCode, body: answer } = await ask({ url: '/api/things/x?c=%00', body });
    expect(statusCode).toBe(422);
    const { errors }: { errors: Record<string, string[]> } = JSON.parse(answer);
    expect(Object.keys(errors).toSorted()).toEqual([
      'a',
      'c',
      'dictionary.key',
      'dictionary.ok',
      'list.1',
    ]);
    expect(errors['a']).toEqual(['The a field is invalid.']);
    expect(authorized).toBe(0);
  });

  it('in a path names nothing', async () => {
    expect((await ask({ url: '/api/things/x%00y', body: {} })).statusCode).toBe(404);
    expect((await ask({ url: '/api/things/xy', body: {} })).statusCode).toBe(200);
  });

  it('in a text is refused', async () => {
    const put = {
      method: 'PUT',
      url: '/api/text',
      headers: { 'content-type': 'text/plain' },
    } as const;
    expect((await ask({ ...put, body: 'a\0b' })).statusCode).toBe(400);
    expect(await ask({ ...put, body: 'ab' })).toEqual({ statusCode: 200, body: 'ab' });
  });

  it('says nothing to strangers', async () => {
    expect((await ask({ url: '/api/mine', body: { a: '\0' } })).statusCode).toBe(401);
  });
});
