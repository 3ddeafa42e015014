import { createHmac } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';

let test: TestApp;

afterEach(() => test.close());

async function get(config: Record<string, string>) {
  test = await buildTestApp({ config, now: 1_000_000_000 });
  const key = await test.createKey(await test.createAccount({ username: 'john' }));
  return test.request({ url: '/api/accounts/me/services/turn', key });
}

it('P26: gives credentials that the TURN server can check', async () => {
  const reply = await get({
    COTURN_SERVER_HOST: 'turn.example.com',
    COTURN_STATIC_AUTH_SECRET: 'shared',
    COTURN_SESSION_TTL_MINUTES: '10',
  });
  const { username, password, ttl, uris } = reply.json();
  expect({ ttl, uris }).toEqual({ ttl: 600, uris: ['turn:turn.example.com'] });
  expect(username).toMatch(/^1000600:[A-Za-z0-9]{16}$/);
  expect(password).toBe(createHmac('sha1', 'shared').update(username).digest('base64'));
});

it('P26: is not found while no TURN server is configured', async () => {
  expect((await get({ COTURN_SERVER_HOST: 'turn.example.com' })).statusCode).toBe(404);
  const anonymous = await test.request({ url: '/api/accounts/me/services/turn' });
  expect(anonymous.statusCode).toBe(401);
});
