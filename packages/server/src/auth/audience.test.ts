import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { empty } from '../http/reply.ts';
import { type Audience, audiences, route } from '../http/route.ts';
import type { Space } from '../spaces/space.ts';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';

const routeOf = (audience: Audience) =>
  route({
    method: 'GET',
    path: `/for/${audience}`,
    audience,
    summary: `For ${audience}`,
    tag: 'Test',
    responses: { 200: { description: 'ok' } },
    handler: () => empty(),
  });

let test: TestApp;
let second: Space;
beforeEach(async () => {
  test = await buildTestApp({ routes: () => audiences.map(routeOf) });
  second = await test.createSpace({ domain: 'second.example.com' });
});
afterEach(() => test.close());

async function makeSuper({ domain }: Space): Promise<void> {
  await test.platform.db
    .updateTable('spaces')
    .set({ super: 1 })
    .where('domain', '=', domain)
    .execute();
}

async function keyOf(username: string, admin: boolean, space = test.space): Promise<string> {
  return test.createKey(await test.createAccount({ username, admin }, space));
}

async function status(audience: Audience, key: string, space = test.space): Promise<number> {
  const headers = { host: space.host };
  return (await test.request({ url: `/for/${audience}`, key, headers })).statusCode;
}

describe('admin routes', () => {
  it('A2: refuse accounts that are no administrators with 403', async () => {
    const key = await keyOf('alice', false);
    expect(await status('admin', key)).toBe(403);
    expect(await status('account', key)).toBe(200);
  });

  it('A11: an ordinary administrator serves only its own host', async () => {
    const key = await keyOf('admin', true, second);
    expect(await status('admin', key)).toBe(403);
    expect(await status('admin', key, second)).toBe(200);
    expect(await status('superAdmin', key, second)).toBe(403);
  });

  it('A10: an administrator of a super space serves every host', async () => {
    await makeSuper(test.space);
    const key = await keyOf('root', true);
    for (const space of [test.space, second]) {
      expect(await status('admin', key, space)).toBe(200);
      expect(await status('superAdmin', key, space)).toBe(200);
    }
  });

  it('does not take an ordinary account of a super space for an administrator', async () => {
    await makeSuper(test.space);
    expect(await status('admin', await keyOf('alice', false))).toBe(403);
  });

  it('defect 1: answer 401 JSON without a key, and send browsers to the login page', async () => {
    const response = await test.request({ url: '/for/admin' });
    expect(response.statusCode).toBe(401);
    expect(response.headers['content-type']).toBe('application/json');
    const page = await test.request({ url: '/for/admin', headers: { accept: 'text/html' } });
    expect(page.statusCode).toBe(302);
    expect(page.headers.location).toBe('/login');
  });
});

describe('a blocked account', () => {
  it('B2, defect 24: is refused by user and admin routes, not by provisioning', async () => {
    const key = await keyOf('admin', true);
    await test.platform.db.updateTable('accounts').set({ blocked: 1 }).execute();
    expect(await status('account', key)).toBe(403);
    expect(await status('admin', key)).toBe(403);
    expect(await status('provisioning', key)).toBe(200);
    await test.platform.db.updateTable('accounts').set({ blocked: 0 }).execute();
    expect(await status('account', key)).toBe(200);
  });
});

describe('a key of another space', () => {
  it('authenticates on any host', async () => {
    const key = await keyOf('bob', false, second);
    expect(await status('account', key)).toBe(200);
    expect(await status('provisioning', key)).toBe(200);
  });
});
