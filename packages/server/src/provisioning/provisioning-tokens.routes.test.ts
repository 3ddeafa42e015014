import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { blockAccount } from '../accounts/account.service.ts';
import { selectPasswords } from '../accounts/password/password.repository.ts';
import { createAuthToken } from '../tokens/auth-token.ts';
import {
  buildProvisioningTest,
  entriesOf,
  type ProvisioningTest,
} from './testing/provisioning-test.ts';

let test: ProvisioningTest;

beforeEach(async () => {
  test = await buildProvisioningTest();
});

afterEach(() => test.close());

describe('a provisioning token', () => {
  it('P11, P20: gives user name, display name and ha1', async () => {
    const reply = await test.phone(`/provisioning/${await test.newToken()}`);
    expect(reply.body).toContain("Ann O'Hara");
    expect(entriesOf(reply)).toMatchObject({ 'auth_info_0/ha1': (await test.storedHashes())[0] });
  });

  it('P13: replaces the password when asked to', async () => {
    const before = await test.storedHashes();
    const reply = await test.phone(`/provisioning/${await test.newToken()}?reset_password=1`);
    const after = await test.storedHashes();
    expect(after).toHaveLength(1);
    expect(after).not.toEqual(before);
    expect(entriesOf(reply)).toMatchObject({ 'auth_info_0/ha1': after[0] });
    expect(reply.body).toContain("Ann O'Hara");
  });

  it('P16: unknown → 404', async () => {
    expect((await test.phone('/provisioning/1234')).statusCode).toBe(404);
  });

  it('P17, P18: activates the account and works once', async () => {
    const url = `/provisioning/${await test.newToken()}`;
    expect(await test.isActivated()).toBe(false);
    expect(entriesOf(await test.phone(url))['auth_info_0/ha1']).toBeDefined();
    expect(await test.isActivated()).toBe(true);
    expect((await test.phone(url)).statusCode).toBe(404);
  });

  it('P25: too old → 410, and stays unspent', async () => {
    const token = await test.newToken();
    test.clock.advance(10 * 60_000 + 1000);
    expect((await test.phone(`/provisioning/${token}`)).statusCode).toBe(410);
    expect(await test.isActivated()).toBe(false);
    expect(await test.isUnused(token)).toBe(true);
  });

  it('X4: one that was replaced → 404, also after the newer one was used', async () => {
    const older = await test.newToken();
    const newer = await test.newToken();
    expect((await test.phone(`/provisioning/${older}`)).statusCode).toBe(404);
    expect((await test.phone(`/provisioning/${newer}`)).statusCode).toBe(200);
    expect((await test.phone(`/provisioning/${older}`)).statusCode).toBe(404);
  });

  it('X3: works on the host of another space, whose entries and directories it then has', async () => {
    const second = await test.createSpace({
      domain: 'second_sip.example.com',
      switches: { hide_settings: true },
      customProvisioningEntries: '[misc]\nmax_calls=7',
    });
    const headers = { host: second.host };
    const all = entriesOf(await test.phone(`/provisioning/${await test.newToken()}`, { headers }));
    expect(all).toMatchObject({
      'misc/max_calls': '7',
      'misc/config-uri': 'http://second_sip.example.com/provisioning/me',
      'ui/hide_settings': '0',
      'auth_info_0/realm': 'sip.example.com',
    });
  });

  it('X6: works for a blocked account, as does me', async () => {
    await blockAccount(test.platform, test.ann.id);
    expect((await test.phone(`/provisioning/${await test.newToken()}`)).statusCode).toBe(200);
    expect((await test.phone('/provisioning/me', { key: test.key })).statusCode).toBe(200);
  });

  it('is answered exactly once among a hundred simultaneous requests', async () => {
    const url = `/provisioning/${await test.newToken()}?reset_password`;
    const replies = await Promise.all(Array.from({ length: 100 }, () => test.phone(url)));
    const answered = replies.filter(({ statusCode }) => statusCode === 200);
    expect(answered).toHaveLength(1);
    expect(replies.filter(({ statusCode }) => statusCode === 404)).toHaveLength(99);
    expect(answered[0]?.body).toContain((await test.storedHashes())[0]);
  });

  it('names where the answer may not be kept', async () => {
    const { headers } = await test.phone(`/provisioning/${await test.newToken()}`);
    expect(headers['cache-control']).toBe('no-cache, private');
    expect(headers['set-cookie']).toBeUndefined();
  });
});

describe('an auth token', () => {
  it('P21, P22: made by anybody, attached by the account, redeemed once', async () => {
    const created = await test.stranger('/api/accounts/auth_token', { method: 'POST' });
    expect(created.statusCode).toBe(201);
    const { token } = created.json();
    const attach = await test.stranger(`/api/accounts/auth_token/${token}/attach`, {
      key: test.key,
    });
    expect(attach.statusCode).toBe(200);
    const count = () => test.platform.db.selectFrom('auth_tokens').select('id').execute();
    expect(await count()).toHaveLength(1);
    const url = `/provisioning/auth_token/${token}`;
    expect(entriesOf(await test.phone(url))['auth_info_0/ha1']).toBe(
      (await test.storedHashes())[0],
    );
    expect(await count()).toHaveLength(0);
    expect((await test.phone(url)).statusCode).toBe(404);
    expect(await test.isActivated()).toBe(false);
  });

  it('is unknown before it is attached, when too old and on the host of another space', async () => {
    const loose = await createAuthToken(test.platform, {});
    expect((await test.phone(`/provisioning/auth_token/${loose.token}`)).statusCode).toBe(404);
    const { token } = await createAuthToken(test.platform, {}, test.ann.id);
    const second = await test.createSpace({ domain: 'second_sip.example.com' });
    const headers = { host: second.host };
    const url = `/provisioning/auth_token/${token}`;
    expect((await test.phone(url, { headers })).statusCode).toBe(404);
    test.clock.advance(5 * 60_000 + 1000);
    expect((await test.phone(url)).statusCode).toBe(404);
  });

  it('replaces the password when asked to', async () => {
    const { token } = await createAuthToken(test.platform, {}, test.ann.id);
    const before = await test.storedHashes();
    const all = entriesOf(await test.phone(`/provisioning/auth_token/${token}?reset_password=`));
    expect(await test.storedHashes()).not.toEqual(before);
    expect(all['auth_info_0/ha1']).toBe((await test.storedHashes())[0]);
  });
});

describe('reset_password', () => {
  it('works at me, and what the phone had before stops working', async () => {
    const before = await test.storedHashes();
    const all = entriesOf(await test.phone('/provisioning/me?reset_password', { key: test.key }));
    expect(await test.storedHashes()).not.toEqual(before);
    expect(all['auth_info_0/ha1']).toBe((await test.storedHashes())[0]);
  });

  it('replaces hashes of every algorithm by one of the default', async () => {
    await test.platform.db
      .insertInto('passwords')
      .values({ account_id: test.ann.id, algorithm: 'MD5', password: 'a'.repeat(32) })
      .execute();
    await test.phone('/provisioning/me?reset_password', { key: test.key });
    const stored = await selectPasswords(test.platform.db, test.ann.id);
    expect(stored.map(({ algorithm }) => algorithm)).toEqual(['SHA-256']);
  });

  it('does nothing in a space without digest configuration', async () => {
    await test.platform.db.deleteFrom('space_digest_authentication_configurations').execute();
    const before = await test.storedHashes();
    expect(
      (await test.phone('/provisioning/me?reset_password', { key: test.key })).statusCode,
    ).toBe(200);
    expect(await test.storedHashes()).toEqual(before);
  });

  it('does nothing to the public document', async () => {
    expect((await test.phone('/provisioning?reset_password')).statusCode).toBe(200);
  });
});

describe('HEAD', () => {
  it('defect 19: spends, activates and changes nothing', async () => {
    const token = await test.newToken();
    const before = await test.storedHashes();
    const { token: authToken } = await createAuthToken(test.platform, {}, test.ann.id);
    for (const url of [
      `/provisioning/${token}?reset_password`,
      `/provisioning/auth_token/${authToken}`,
      '/provisioning/me?reset_password',
      '/provisioning',
    ]) {
      const reply = await test.phone(url, { method: 'HEAD', key: test.key });
      expect([reply.statusCode, reply.body]).toEqual([200, '']);
      expect(reply.headers['content-type']).toBe('application/xml');
    }
    expect(await test.isActivated()).toBe(false);
    expect(await test.storedHashes()).toEqual(before);
    expect((await test.phone(`/provisioning/${token}`)).statusCode).toBe(200);
    expect((await test.phone(`/provisioning/auth_token/${authToken}`)).statusCode).toBe(200);
  });
});
