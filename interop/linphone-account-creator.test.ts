import { findAccountByAddress, setCountryActivated } from '@dialtone/server';
import { describe, expect, it } from 'vitest';
import { startAccountCreator } from './support/account-creator.ts';
import { startDialtone } from './support/dialtone.ts';
import { codeIn, keyIn, textTo } from './support/outbox.ts';
import { waitUntil } from './support/wait-until.ts';

const domain = 'sip.example.org';

describe('Debian’s liblinphone runs its account creator against our XML-RPC endpoint', () => {
  it.each(['SHA-256', 'MD5'])('by e-mail, with %s', async (algorithm) => {
    await using dialtone = await startDialtone();
    await using creator = startAccountCreator({ xmlRpc: `${dialtone.url}/xmlrpc` });
    await creator.set('domain', domain);
    await creator.set('algorithm', algorithm);
    await creator.set('username', 'alice');
    expect((await creator.request('is-account-exist')).status).toBe('AccountNotExist');

    await creator.set('password', 'secret');
    await creator.set('email', 'alice@mail.example');
    expect((await creator.request('create-account')).status).toBe('AccountCreated');
    expect((await creator.request('create-account')).status).toBe('AccountExist');
    expect((await creator.request('is-account-exist')).status).toBe('AccountExist');
    expect((await creator.request('is-account-activated')).status).toBe('AccountNotActivated');
    expect((await creator.request('is-account-linked')).status).toBe('AccountNotLinked');

    await creator.set('code', keyIn(await textTo(dialtone.platform, 'alice@mail.example')));
    expect((await creator.request('activate-email-account')).status).toBe('AccountActivated');
    expect((await creator.request('is-account-activated')).status).toBe('AccountActivated');
    expect((await creator.request('activate-email-account')).status).toBe(
      'AccountAlreadyActivated',
    );
    expect(await findAccountByAddress(dialtone.platform, 'alice', domain)).toMatchObject({
      activated: true,
      email: 'alice@mail.example',
    });
  });

  it('by phone: create, activate, recover, look up', async () => {
    await using dialtone = await startDialtone();
    await setCountryActivated(dialtone.platform.db, 'FR', true, Date.now());
    await using creator = startAccountCreator({ xmlRpc: `${dialtone.url}/xmlrpc` });
    await creator.set('domain', domain);
    await creator.set('algorithm', 'SHA-256');
    await creator.set('username', 'bob');
    await creator.set('password', 'secret');
    await creator.set('phone', '0612345678', '33');
    expect((await creator.request('is-alias-used')).status).toBe('AliasNotExist');
    expect((await creator.request('create-account')).status).toBe('AccountCreated');

    await creator.set('code', codeIn(await textTo(dialtone.platform, '+33612345678')));
    expect((await creator.request('activate-account')).status).toBe('AccountActivated');
    expect((await creator.request('is-alias-used')).status).toBe('AliasExist');
    expect(await creator.request('is-account-exist')).toEqual({
      status: 'AccountExistWithAlias',
      response: '+33612345678',
    });
    expect((await creator.request('is-account-linked')).status).toBe('AccountLinked');

    // The look-up has overwritten the name with the number (real-clients.md §6).
    await creator.set('username', 'bob');
    const before = await textTo(dialtone.platform, '+33612345678');
    expect(await creator.request('recover-account')).toEqual({
      status: 'RequestOk',
      response: 'bob',
    });
    const message = await waitUntil('a second SMS', async () => {
      const text = await textTo(dialtone.platform, '+33612345678');
      return text === before ? undefined : text;
    });
    await creator.set('code', codeIn(message));
    expect((await creator.request('login')).status).toBe('RequestOk');
  });

  it('links a phone later and changes the password, as the owner', async () => {
    await using dialtone = await startDialtone();
    await setCountryActivated(dialtone.platform.db, 'FR', true, Date.now());
    await dialtone.createAccount('carol');
    const { host } = new URL(dialtone.url);
    await using creator = startAccountCreator({
      xmlRpc: `http://carol:secret@${host}/xmlrpc`,
    });
    await creator.set('domain', domain);
    await creator.set('algorithm', 'SHA-256');
    await creator.set('username', 'carol');
    await creator.set('password', 'secret');
    await creator.set('phone', '0698765432', '33');
    expect((await creator.request('link-account')).status).toBe('RequestOk');
    await creator.set('code', codeIn(await textTo(dialtone.platform, '+33698765432')));
    expect((await creator.request('activate-alias')).status).toBe('AccountActivated');
    expect((await creator.request('is-account-linked')).status).toBe('AccountLinked');

    await creator.set('username', 'carol');
    await creator.set('user-data', 'new secret');
    expect((await creator.request('update-account')).status).toBe('RequestOk');
  });
});
