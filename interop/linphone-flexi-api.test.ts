import {
  createAccountCreationToken,
  findAccountByAddress,
  setCountryActivated,
} from '@dialtone/server';
import { describe, expect, it } from 'vitest';
import { startAccountCreator } from './support/account-creator.ts';
import { type Dialtone, startDialtone } from './support/dialtone.ts';
import { codeIn, keyIn, textTo } from './support/outbox.ts';
import { startRecordingProxy } from './support/recording-proxy.ts';

const domain = 'sip.example.org';
const start = () => startDialtone({ config: { DIALTONE_LEGACY_API: 'true' } });

const newToken = async ({ platform }: Dialtone) =>
  (await createAccountCreationToken(platform, {})).token;

/** What an application that creates accounts by itself posts. */
async function createPublicly(dialtone: Dialtone, fields: object): Promise<void> {
  const response = await fetch(`${dialtone.url}/api/accounts/public`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      password: 'secret',
      account_creation_token: await newToken(dialtone),
      ...fields,
    }),
  });
  expect(response.status).toBe(200);
}

const accountOf = ({ platform }: Dialtone, username: string) =>
  findAccountByAddress(platform, username, domain);

// This version tells no success of most requests (real-clients.md §7): the server saw them.
describe('Debian’s liblinphone runs its account creator against our REST API', () => {
  it('exists, create with a token, is activated', async () => {
    await using dialtone = await start();
    await using creator = startAccountCreator({ flexiApi: `${dialtone.url}/api/` });
    await creator.set('domain', domain);
    await creator.set('username', 'alice');
    expect((await creator.request('is-account-exist')).status).toBe('AccountNotExist');

    await creator.set('password', 'secret');
    await creator.set('algorithm', 'SHA-256');
    await creator.set('token', 'AAAAAAAAAAAAA');
    expect((await creator.request('create-account-with-token')).status).toBe('MissingArguments');
    await creator.set('token', await newToken(dialtone));
    expect((await creator.request('create-account-with-token')).status).toBe('RequestOk');
    expect((await creator.request('is-account-exist')).status).toBe('AccountExist');
    expect((await creator.request('is-account-activated')).status).toBe('AccountNotActivated');
    await creator.set('username', 'bob');
    await dialtone.createAccount('bob');
    expect((await creator.request('is-account-activated')).status).toBe('AccountActivated');
  });

  it('asks for a push', async () => {
    await using dialtone = await start();
    await using creator = startAccountCreator({ flexiApi: `${dialtone.url}/api/` });
    await creator.set('push', 'nobody', 'param', 'prid');
    expect((await creator.request('login')).status).toBe('MissingArguments');
    await creator.set('push', 'fcm', 'param', 'prid');
    expect((await creator.request('send-token')).status).toBe('UnexpectedError');
  });

  // It wants a phone to send the code for a mail; the code of an SMS it sends to the same page.
  it('activates by the code of a mail', async () => {
    await using dialtone = await start();
    await using proxy = await startRecordingProxy(dialtone.url);
    await createPublicly(dialtone, { username: 'alice', email: 'alice@mail.example' });
    await using creator = startAccountCreator({ flexiApi: `${proxy.url}/api/` });
    await creator.set('domain', domain);
    await creator.set('username', 'alice');
    await creator.set('phone', '0612345678', '33');

    await creator.set('code', '1234');
    await creator.send('activate-account');
    await proxy.seen(`POST /api/accounts/alice@${domain}/activate/email 422`);
    await creator.set('code', keyIn(await textTo(dialtone.platform, 'alice@mail.example')));
    await creator.send('activate-account');
    await proxy.seen(`POST /api/accounts/alice@${domain}/activate/email 200`);
    expect(await accountOf(dialtone, 'alice')).toMatchObject({ activated: true });
  });

  it.each(['SHA-256', 'MD5'] as const)(
    'links a phone, changes the password and deletes, by digest with %s',
    async (algorithm) => {
      await using dialtone = await startDialtone({
        algorithm,
        config: { DIALTONE_LEGACY_API: 'true' },
      });
      await setCountryActivated(dialtone.platform.db, 'FR', true, Date.now());
      await using proxy = await startRecordingProxy(dialtone.url);
      const flexiApi = `${proxy.url}/api/`;
      const token = await newToken(dialtone);
      const created = await fetch(`${dialtone.url}/api/accounts/with-account-creation-token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          username: 'carol',
          password: 'secret',
          account_creation_token: token,
        }),
      });
      expect(created.status).toBe(200);

      await using creator = startAccountCreator({ flexiApi, account: `carol@${domain}` });
      await creator.set('domain', domain);
      await creator.set('username', 'carol');
      await creator.set('password', 'secret');
      await creator.set('algorithm', algorithm);
      await creator.set('phone', '0698765432', '33');
      await creator.send('link-account');
      await proxy.seen('POST /api/accounts/me/phone/request 200');
      await creator.set('code', codeIn(await textTo(dialtone.platform, '+33698765432')));
      await creator.send('activate-alias');
      await proxy.seen('POST /api/accounts/me/phone 200');
      expect(await accountOf(dialtone, 'carol')).toMatchObject({ phone: '+33698765432' });
      await creator.send('is-account-linked');
      await proxy.seen('GET /api/accounts/me 200');

      // The old password is the user data, the new one the password.
      await creator.set('user-data', 'secret');
      await creator.set('password', 'new secret');
      await creator.send('update-account');
      await proxy.seen('POST /api/accounts/me/password 200');

      await using again = startAccountCreator({
        flexiApi,
        account: `carol@${domain}`,
        password: 'new secret',
      });
      await again.set('username', 'carol');
      await again.set('password', 'new secret');
      await again.send('delete-account');
      await proxy.seen('DELETE /api/accounts/me 200');
      expect(await accountOf(dialtone, 'carol')).toBeUndefined();
    },
  );

  it('finds nothing of it where the old endpoints are off', async () => {
    await using dialtone = await startDialtone();
    await dialtone.createAccount('alice');
    await using creator = startAccountCreator({ flexiApi: `${dialtone.url}/api/` });
    await creator.set('domain', domain);
    await creator.set('username', 'alice');
    expect((await creator.request('is-account-exist')).status).toBe('AccountNotExist');
  });
});
