import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../accounts/account.ts';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';
import { deleteAdminKey, listAdminKeys } from './api-key.repository.ts';
import { createAdminKey } from './api-keys.service.ts';

let test: TestApp;
let account: Account;
beforeEach(async () => {
  test = await buildTestApp();
  account = await test.createAccount({ username: 'alice' });
});
afterEach(() => test.close());

const me = '/api/accounts/me';
const minute = 60_000;

async function status(key: string, remoteAddress = '127.0.0.1'): Promise<number> {
  return (await test.request({ url: me, key, remoteAddress })).statusCode;
}

async function storedUses(key: string) {
  return test.platform.db
    .selectFrom('api_keys')
    .select(['requests', 'last_used_at'])
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
}

describe('an API key', () => {
  it('K3: three successful calls are counted once they are stored', async () => {
    const key = await test.createKey(account);
    for (let call = 0; call < 3; call++) expect(await status(key)).toBe(200);
    await test.keyUsage.flush();
    expect((await storedUses(key)).requests).toBe(3);
    expect(await status(key)).toBe(200);
    await test.keyUsage.flush();
    expect((await storedUses(key)).requests).toBe(4);
  });

  it('stores its uses by itself soon after', async () => {
    const key = await test.createKey(account);
    await status(key);
    test.clock.advance(1000);
    await expect.poll(async () => (await storedUses(key)).requests).toBe(1);
  });

  it('does not count refused calls', async () => {
    const key = await test.createKey(account, '192.0.2.1');
    await status(key);
    await test.keyUsage.flush();
    expect((await storedUses(key)).requests).toBe(0);
  });

  it('of an administrator is refused as soon as it is deleted; user keys are not in that list', async () => {
    const { db } = test.platform;
    const userKey = await test.createKey(account);
    const key = await createAdminKey(test.platform, { accountId: account.id, name: 'cron' });
    expect(await status(key)).toBe(200);
    const listed = await listAdminKeys(db);
    expect(listed.map(({ name }) => name)).toEqual(['cron']);
    const ids = await db.selectFrom('api_keys').select('id').execute();
    for (const { id } of ids) await deleteAdminKey(db, id);
    expect([await status(key), await status(userKey)]).toEqual([401, 200]);
  });

  it('K4: is refused from another address than the one it is bound to', async () => {
    const key = await test.createKey(account, '192.0.2.1');
    expect(await status(key, '192.0.2.1')).toBe(200);
    expect(await status(key, '::ffff:192.0.2.1')).toBe(200);
    const refused = await test.request({ url: me, key, remoteAddress: '192.0.2.2' });
    expect(refused.statusCode).toBe(401);
    expect(refused.headers['www-authenticate']).toBeUndefined();
  });

  it('is refused when unknown, or when only a cookie carries it', async () => {
    expect(await status('x'.repeat(40))).toBe(401);
    const key = await test.createKey(account);
    const response = await test.request({ url: me, headers: { cookie: `x-api-key=${key}` } });
    expect(response.statusCode).toBe(401);
  });

  it('is bound, blocked and removed at once', async () => {
    const { db } = test.platform;
    const key = await test.createKey(account);
    expect(await status(key)).toBe(200);
    await db.updateTable('api_keys').set({ ip: '192.0.2.1' }).where('key', '=', key).execute();
    expect(await status(key)).toBe(401);
    await db.updateTable('api_keys').set({ ip: null }).where('key', '=', key).execute();
    expect(await status(key)).toBe(200);
    await db.updateTable('accounts').set({ blocked: 1 }).execute();
    expect(await status(key)).toBe(403);
    await db.deleteFrom('api_keys').execute();
    expect(await status(key)).toBe(401);
  });

  it('defect 20: ends when unused for the configured time, and each use begins it anew', async () => {
    const key = await test.createKey(account);
    test.clock.advance(59 * minute);
    expect(await status(key)).toBe(200);
    test.clock.advance(59 * minute);
    expect(await status(key)).toBe(200);
    await test.keyUsage.flush();
    test.clock.advance(61 * minute);
    expect(await status(key)).toBe(401);
  });

  it('of an administrator has its own delay, 0 for ever', async () => {
    const accountId = account.id;
    const short = { accountId, name: 'short', expiresAfterLastUsedMinutes: 5 };
    const keys = [
      await createAdminKey(test.platform, short),
      await createAdminKey(test.platform, { accountId, name: 'long' }),
    ];
    test.clock.advance(24 * 60 * minute);
    expect(await Promise.all(keys.map((key) => status(key)))).toEqual([401, 200]);
  });
});

describe('getting an API key', () => {
  it('A1: without credentials is 401', async () => {
    expect((await test.request({ url: `${me}/api_key` })).statusCode).toBe(401);
  });

  it('K2: replaces the key that asks, in body and cookie', async () => {
    const key = await test.createKey(account);
    const response = await test.request({ url: `${me}/api_key`, key });
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('text/html; charset=UTF-8');
    expect(response.body).toMatch(/^[A-Za-z0-9]{40}$/);
    expect(response.headers['set-cookie']).toBe(
      `x-api-key=${response.body}; Max-Age=3600; path=/; httponly`,
    );
    expect(await status(key)).toBe(401);
    expect(await status(response.body)).toBe(200);
  });

  it('is a cookie for TLS only when it was asked for over TLS', async () => {
    const tls = await buildTestApp({ config: { DIALTONE_TRUSTED_PROXIES: '127.0.0.1' } });
    const key = await tls.createKey(await tls.createAccount({ username: 'alice' }));
    const headers = { 'x-forwarded-proto': 'https' };
    const response = await tls.request({ url: `${me}/api_key`, key, headers });
    expect(response.headers['set-cookie']).toMatch(/; httponly; secure$/);
    await tls.close();
  });

  it('binds it to the address that asked, and leaves admin keys alone', async () => {
    const admin = await createAdminKey(test.platform, { accountId: account.id, name: 'x' });
    const { body: key } = await test.request({ url: `${me}/api_key`, key: admin });
    expect(await status(key, '192.0.2.9')).toBe(401);
    expect(await status(admin)).toBe(200);
  });

  it('changes nothing by HEAD', async () => {
    const key = await test.createKey(account);
    const head = await test.request({ method: 'HEAD', url: `${me}/api_key`, key });
    expect(head.statusCode).toBe(200);
    expect(await status(key)).toBe(200);
  });
});

describe('an auth token', () => {
  async function createToken(): Promise<string> {
    const response = await test.request({ method: 'POST', url: '/api/accounts/auth_token' });
    expect(response.statusCode).toBe(201);
    return String(response.json().token);
  }
  const redeem = (token: string) => test.request({ url: `${me}/api_key/${token}` });
  const attach = (token: string, key: string) =>
    test.request({ url: `/api/accounts/auth_token/${token}/attach`, key });

  it('K5: gives no key before it is attached', async () => {
    expect((await redeem(await createToken())).statusCode).toBe(404);
  });

  it('K6: is attached once, and only when it exists', async () => {
    const key = await test.createKey(account);
    const token = await createToken();
    expect((await attach(token, key)).statusCode).toBe(200);
    expect((await attach(token, key)).statusCode).toBe(404);
    expect((await attach('unknown', key)).statusCode).toBe(404);
  });

  it('K7: is redeemed for a key once', async () => {
    const token = await createToken();
    await attach(token, await test.createKey(account));
    const response = await redeem(token);
    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ api_key: expect.stringMatching(/^[A-Za-z0-9]{40}$/) });
    expect((await redeem(token)).statusCode).toBe(404);
  });

  it('K8: the key speaks for the attaching account, whatever From says', async () => {
    await test.createAccount({ username: 'bob' });
    const token = await createToken();
    await attach(token, await test.createKey(account));
    const key = String((await redeem(token)).json().api_key);
    const from = 'sip:bob@sip.example.com';
    for (const headers of [{}, { from }]) {
      const response = await test.request({ url: me, key, headers });
      expect(response.statusCode).toBe(200);
      expect(response.json()).toMatchObject({ id: account.id });
    }
  });

  it('gives exactly one key to simultaneous redeemers', async () => {
    const token = await createToken();
    await attach(token, await test.createKey(account));
    const responses = await Promise.all(Array.from({ length: 20 }, () => redeem(token)));
    expect(responses.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
  });
});
