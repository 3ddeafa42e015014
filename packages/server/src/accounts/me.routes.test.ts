import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';
import type { Account } from './account.ts';
import { deactivateAccount } from './account.service.ts';
import { findCredentials } from './password/find-credentials.ts';

let test: TestApp;
let account: Account;
let key: string;

beforeEach(async () => {
  test = await buildTestApp();
  account = await test.createAccount({ username: 'john', activated: true });
  key = await test.createKey(account);
});

afterEach(() => test.close());

describe('accounts/me', () => {
  it('A22: shows a deactivated account too', async () => {
    const me = async () => (await test.request({ url: '/api/accounts/me', key })).json();
    expect(await me()).toMatchObject({ id: account.id, activated: true });
    await deactivateAccount(test.platform, account.id);
    expect(await me()).toMatchObject({ id: account.id, activated: false });
  });

  it('shows each caller what is stored now, whoever changed it', async () => {
    const { db } = test.platform;
    const me = async (by: string) =>
      (await test.request({ url: '/api/accounts/me', key: by })).json();
    const other = await test.createKey(await test.createAccount({ username: 'jane' }));
    const shown = await Promise.all([me(key), me(other), me(key)]);
    expect(shown.map(({ username }) => username)).toEqual(['john', 'jane', 'john']);
    await db.updateTable('accounts').set({ display_name: 'J' }).execute();
    expect(await me(key)).toMatchObject({ display_name: 'J', dictionary: {} });
    await db
      .insertInto('account_dictionary_entries')
      .values({ account_id: account.id, key: 'k', value: 'v' })
      .execute();
    expect(await me(key)).toMatchObject({ dictionary: { k: 'v' } });
    expect(await me(other)).toMatchObject({ username: 'jane', dictionary: {} });
  });

  it('A23: is deleted by its owner', async () => {
    const reply = await test.request({ method: 'DELETE', url: '/api/accounts/me', key });
    expect([reply.statusCode, reply.body]).toEqual([200, '1']);
    const gone = await test.request({ url: '/api/accounts/john@sip.example.com/info' });
    expect(gone.statusCode).toBe(404);
    expect((await test.request({ url: '/api/accounts/me', key })).statusCode).toBe(401);
  });

  it('P10, defect 19: renews its provisioning token; HEAD does not', async () => {
    const url = '/api/accounts/me/provision';
    const before = (await test.request({ url: '/api/accounts/me', key })).json();
    expect((await test.request({ method: 'HEAD', url, key })).statusCode).toBe(200);
    const me = (await test.request({ url: '/api/accounts/me', key })).json();
    expect(me.provisioning_token).toBe(before.provisioning_token);
    const after = (await test.request({ url, key })).json();
    expect(after.provisioning_token).toMatch(/^[A-Za-z0-9]{13}$/);
    expect(after.provisioning_token).not.toBe(before.provisioning_token);
  });

  it('P23, P24: shows when the provisioning token expires', async () => {
    const me = (await test.request({ url: '/api/accounts/me/provision', key })).json();
    expect(me.provisioning_token_expire_at).toBeNull();
    const expiring = await buildTestApp({
      config: { APP_PROVISIONING_TOKEN_EXPIRATION_MINUTES: '10' },
      now: Date.UTC(2026, 0, 1),
    });
    const reply = await expiring.request({
      url: '/api/accounts/me/provision',
      key: await expiring.createKey(await expiring.createAccount({ username: 'john' })),
    });
    expect(reply.json().provisioning_token_expire_at).toBe('2026-01-01T00:10:00.000000Z');
    await expiring.close();
  });

  it.each([
    ['GET', ''],
    ['DELETE', ''],
    ['GET', '/provision'],
  ] as const)(
    'defect 2: %s accounts/me%s is for the account itself, in its space',
    async (method, suffix) => {
      await test.createSpace({ domain: 'second.example.com' });
      const url = `/api/accounts/me${suffix}`;
      expect((await test.request({ method, url })).statusCode).toBe(401);
      const headers = { host: 'second.example.com' };
      expect((await test.request({ method, url, key, headers })).statusCode).toBe(404);
    },
  );
});

describe('POST accounts/me/password', () => {
  const change = (body: object, withKey = key) =>
    test.request({ method: 'POST', url: '/api/accounts/me/password', body, key: withKey });

  async function withoutPassword(): Promise<string> {
    return test.createKey(await test.createAccount({ username: 'jane', hashes: [] }));
  }

  it('A31: refuses other algorithms than that of the space', async () => {
    for (const algorithm of ['123', 'MD5']) {
      const reply = await change({ algorithm, password: 'new' });
      expect(Object.keys(reply.json().errors)).toEqual(['algorithm']);
    }
  });

  it('A32: sets a first password without an old one', async () => {
    const jane = await withoutPassword();
    const reply = await change({ algorithm: 'SHA-256', password: 'new' }, jane);
    expect(reply.statusCode).toBe(200);
    const me = await test.request({ url: '/api/accounts/me', key: jane });
    expect(me.json()).toMatchObject({ passwords: [{ algorithm: 'SHA-256' }], activated: true });
  });

  it('A33, defect 16: changes a password by the old one', async () => {
    const missing = await change({ password: 'new' });
    expect(Object.keys(missing.json().errors)).toEqual(['old_password']);
    const wrong = await change({ password: 'new', old_password: 'wrong' });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.json()).toMatchObject({
      message: expect.any(String),
      errors: { old_password: [expect.any(String)] },
    });
    const { db } = test.platform;
    const before = await findCredentials(db, 'john', 'sip.example.com');
    expect((await change({ password: 'new', old_password: 'secret' })).statusCode).toBe(200);
    const after = await findCredentials(db, 'john', 'sip.example.com');
    expect(after?.passwords).toHaveLength(1);
    expect(after?.passwords).not.toEqual(before?.passwords);
    expect((await change({ password: 'x', old_password: 'new' })).statusCode).toBe(200);
  });

  it('defect 15: activates on success only', async () => {
    await deactivateAccount(test.platform, account.id);
    await change({ password: 'new', old_password: 'wrong' });
    const activated = async () =>
      (await test.request({ url: '/api/accounts/me', key })).json().activated;
    expect(await activated()).toBe(false);
    await change({ password: 'new', old_password: 'secret' });
    expect(await activated()).toBe(true);
  });

  it('S8: follows a change of the space algorithm at the next password', async () => {
    await test.platform.db
      .updateTable('space_digest_authentication_configurations')
      .set({ default_password_algorithm: 'MD5' })
      .execute();
    const wrong = await change({ password: 'new', old_password: 'wrong' });
    expect(wrong.json().errors).toHaveProperty('old_password');
    const reply = await change({ password: 'new', old_password: 'secret', algorithm: 'MD5' });
    expect(reply.json().passwords).toEqual([{ algorithm: 'MD5' }]);
  });

  it('is refused in a space without digest configuration', async () => {
    await test.platform.db.deleteFrom('space_digest_authentication_configurations').execute();
    expect((await change({ password: 'new', old_password: 'secret' })).statusCode).toBe(403);
  });

  it('needs credentials and a password', async () => {
    const url = '/api/accounts/me/password';
    const anonymous = await test.request({ method: 'POST', url, body: { password: 'new' } });
    expect(anonymous.statusCode).toBe(401);
    expect((await change({})).json().errors).toHaveProperty('password');
  });
});
