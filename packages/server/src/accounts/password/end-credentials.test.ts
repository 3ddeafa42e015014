import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAdminKey } from '../../auth/api-keys.service.ts';
import { openBrowser } from '../../testing/browser.ts';
import { buildTestApp, type TestApp } from '../../testing/build-test-app.ts';
import { createAuthToken } from '../../tokens/auth-token.ts';
import { createProvisioningToken } from '../../tokens/provisioning-token.ts';
import {
  createResetPasswordEmailToken,
  findResetPasswordEmailToken,
} from '../../tokens/reset-password-email-token.ts';
import { findProvisioningToken } from '../../tokens/use-provisioning-token.ts';
import { createWizard, findWizard } from '../../tokens/wizard.ts';
import type { Account } from '../account.ts';
import { activateAccount, deactivateAccount } from '../account.service.ts';
import { resetPasswordByLink } from '../../reset-password/reset-password.service.ts';
import { choosePassword, setPasswordHashes } from './password.service.ts';
import { selectPasswords } from './password.repository.ts';

let test: TestApp;
let john: Account;

beforeEach(async () => {
  test = await buildTestApp();
  john = await test.createAccount({
    username: 'john',
    email: 'john@example.org',
    activated: true,
  });
});
afterEach(() => test.close());

const me = async (key: string): Promise<number> =>
  (await test.request({ url: '/api/accounts/me', key })).statusCode;

const changeOwn = (headers: Record<string, string>) =>
  test.request({
    method: 'POST',
    url: '/api/accounts/me/password',
    body: { password: 'new', old_password: 'secret' },
    headers,
  });

async function changeAsAdministrator(key: string, id = john.id): Promise<void> {
  const body = { username: id === john.id ? 'john' : 'boss', password: 'new' };
  const reply = await test.request({ method: 'PUT', url: `/api/accounts/${id}`, body, key });
  expect(reply.statusCode).toBe(200);
}

async function administrator(): Promise<{ readonly id: number; readonly key: string }> {
  const { id } = await test.createAccount({ username: 'boss', admin: true, activated: true });
  return { id, key: await test.createKey({ id }) };
}

/** Every way in which a password is changed, by its owner, by an administrator or by recovery. */
const changes: Readonly<Record<string, () => Promise<unknown>>> = {
  'by an administrator': async () => changeAsAdministrator((await administrator()).key),
  'by the link of a mail': async () => {
    const target = { id: john.id, email: 'john@example.org' };
    const token = await createResetPasswordEmailToken(test.platform, target);
    await resetPasswordByLink(test.platform, test.space, token, 'new');
  },
  'on the page after a recovery': () =>
    choosePassword(test.platform, john.id, 'new', async () => {}),
  'by XML-RPC': () =>
    setPasswordHashes(test.platform, john.id, [{ algorithm: 'MD5', ha1: 'a'.repeat(32) }]),
};

describe('a change of password', () => {
  it('leaves the key that asks for it and ends the other user keys of the account', async () => {
    const [used, other] = [await test.createKey(john), await test.createKey(john)];
    const stranger = await test.createKey(await test.createAccount({ username: 'jane' }));
    expect((await changeOwn({ 'x-api-key': used })).statusCode).toBe(200);
    expect([await me(used), await me(other), await me(stranger)]).toEqual([200, 401, 200]);
  });

  it('that is refused ends nothing', async () => {
    const [used, other] = [await test.createKey(john), await test.createKey(john)];
    const refused = await test.request({
      method: 'POST',
      url: '/api/accounts/me/password',
      body: { password: 'new', old_password: 'wrong' },
      key: used,
    });
    expect([refused.statusCode, await me(other)]).toEqual([422, 200]);
  });

  it.each(Object.keys(changes))('%s ends the keys of the account', async (way) => {
    const key = await test.createKey(john);
    await changes[way]?.();
    expect(await me(key)).toBe(401);
  });

  it('of an administrator by itself leaves the key that asks for it', async () => {
    const { id, key } = await administrator();
    const other = await test.createKey({ id });
    await changeAsAdministrator(key, id);
    expect([await me(key), await me(other)]).toEqual([200, 401]);
  });

  it('leaves the keys that administrators made for programs', async () => {
    const key = await createAdminKey(test.platform, { accountId: john.id, name: 'backup' });
    await changes['by an administrator']?.();
    expect(await me(key)).toBe(200);
  });

  it.each(Object.keys(changes))('%s ends tokens that were made before', async (way) => {
    const { platform, space } = test;
    const target = { id: john.id, email: 'john@example.org' };
    const auth = await createAuthToken(platform, {}, john.id);
    const link = await createResetPasswordEmailToken(platform, target);
    const { token } = await createProvisioningToken(platform, john.id);
    const wizard = await createWizard(platform, john.id);
    await changes[way]?.();
    expect(await findWizard(platform, wizard)).toBeUndefined();
    const redeemed = await test.request({ url: `/api/accounts/me/api_key/${auth.token}` });
    expect(redeemed.statusCode).toBe(404);
    expect(await findResetPasswordEmailToken(platform, link)).toBeUndefined();
    expect(await findProvisioningToken(platform, token)).toBeUndefined();
    await expect(resetPasswordByLink(platform, space, link, 'x')).rejects.toMatchObject({
      code: 'token.refused',
    });
  });

  it('leaves the provisioning token of an account that awaits its first device', async () => {
    await deactivateAccount(test.platform, john.id);
    const { token } = await createProvisioningToken(test.platform, john.id);
    await changes['by the link of a mail']?.();
    const found = await findProvisioningToken(test.platform, token);
    expect(found).toMatchObject({ state: 'valid', account: { activated: true } });
  });

  it('ends browser sessions', async () => {
    const browser = openBrowser(test);
    await browser.get('/login');
    await browser.submit({ username: 'john', password: 'secret' });
    expect((await browser.get('/dashboard')).statusCode).toBe(200);
    await changes['by an administrator']?.();
    expect((await browser.get('/dashboard')).headers.location).toBe('/login');
  });

  it('does not happen when an administrator sends the old one along', async () => {
    const { key } = await administrator();
    const own = await test.createKey(john);
    const body = { username: 'johnny', password: 'secret' };
    const url = `/api/accounts/${john.id}`;
    expect((await test.request({ method: 'PUT', url, body, key })).statusCode).toBe(200);
    expect(await me(own)).toBe(200);
  });

  it('ends nothing when only a stronger hash of the same password is stored', async () => {
    const key = await test.createKey(john);
    const same = await selectPasswords(test.platform.db, john.id);
    await setPasswordHashes(test.platform, john.id, same, { samePassword: true });
    expect(await me(key)).toBe(200);
  });

  it('by a provisioning URL with reset_password leaves keys: nobody has chosen a password', async () => {
    const key = await test.createKey(john);
    const { token } = await createProvisioningToken(test.platform, john.id);
    const url = `/provisioning/${token}?reset_password`;
    const headers = { 'x-linphone-provisioning': '1' };
    expect((await test.request({ url, headers })).statusCode).toBe(200);
    expect(await me(key)).toBe(200);
  });
});

describe('what a user is refused for', () => {
  const act = async (action: string): Promise<void> => {
    const { key } = await administrator();
    const url = `/api/accounts/${john.id}/${action}`;
    expect((await test.request({ method: 'POST', url, key })).statusCode).toBe(200);
  };

  it('a block stops keys and sessions until it is lifted, and ends none', async () => {
    const key = await test.createKey(john);
    const browser = openBrowser(test);
    await browser.get('/login');
    await browser.submit({ username: 'john', password: 'secret' });
    await act('block');
    expect(await me(key)).toBe(403);
    expect((await browser.get('/dashboard')).statusCode).toBe(403);
    await test.platform.db.updateTable('accounts').set({ blocked: 0 }).execute();
    expect(await me(key)).toBe(200);
    expect((await browser.get('/dashboard')).statusCode).toBe(200);
  });

  it('X6: a block does not stop provisioning, by token or as oneself', async () => {
    const key = await test.createKey(john);
    const { token } = await createProvisioningToken(test.platform, john.id);
    await act('block');
    const headers = { 'x-linphone-provisioning': '1' };
    for (const path of ['me', token]) {
      const reply = await test.request({ url: `/provisioning/${path}`, key, headers });
      expect([path, reply.statusCode]).toEqual([path, 200]);
    }
  });

  it('X7: a deactivation stops no credential', async () => {
    const key = await test.createKey(john);
    await act('deactivate');
    expect(await me(key)).toBe(200);
    await activateAccount(test.platform, john.id);
  });
});
