import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setPasswordHashes } from '../accounts/password/password.service.ts';
import { findAccountByAddress } from '../accounts/account.service.ts';
import { updateSpace } from '../spaces/space.service.ts';
import { recordingLogger } from '../testing/recording-logger.ts';
import { buildXmlRpcTest, domain, ha1, type XmlRpcTest } from './testing/xmlrpc-test.ts';

const logger = recordingLogger();
let test: XmlRpcTest;
beforeEach(async () => {
  test = await buildXmlRpcTest({ log: logger.log });
});
afterEach(() => test.close());

const phone = '+33612345678';
const hash = ha1('alice', 'secret');

const createAlice = (activated = true) => test.createAccount({ username: 'alice', activated });
const link = (username = 'alice', number = phone) =>
  test.rpc('link_phone_number_with_account', number, username, domain, 'US');

function activateLink(key: string, sent = hash, number = phone) {
  const args = [number, 'alice', key, sent, domain, 'SHA-256'];
  return test.rpcAs('alice', 'secret', 'activate_phone_number_link', ...args);
}

describe('linking a phone', () => {
  it('sends a code, which together with the password makes the phone the alias', async () => {
    await createAlice();
    expect(await link()).toBe('OK');
    expect(await test.rpc('get_phone_number_for_account', 'alice')).toBe(
      'ERROR_ALIAS_DOESNT_EXIST',
    );
    expect(await activateLink(await test.textedKey())).toBe('OK');
    expect(await test.rpc('get_phone_number_for_account', 'alice')).toBe(phone);
    expect(await test.rpc('is_phone_number_used', phone)).toBe('OK_ALIAS');
    expect(await test.rpc('recover_phone_account', phone)).toBe('alice');
  });

  it('xmlrpc 13: needs an account to exist, and to be activated', async () => {
    expect(await link()).toBe('ERROR_ACCOUNT_DOESNT_EXIST');
    expect(await activateLink('1234')).toBe('ERROR_ACCOUNT_DOESNT_EXIST');
    await createAlice(false);
    expect(await link()).toBe('OK');
    expect(await activateLink(await test.textedKey())).toBe('ERROR_ACCOUNT_NOT_ACTIVATED');
    expect(await test.rpc('is_phone_number_used', phone)).toBe('NOK');
  });

  it('xmlrpc 13: needs the right key', async () => {
    await createAlice();
    await link();
    const key = await test.textedKey();
    expect(await activateLink(key === '1234' ? '4321' : '1234')).toBe('ERROR_KEY_DOESNT_MATCH');
    expect(await activateLink(key)).toBe('ERROR_KEY_DOESNT_MATCH');
  });

  it('xmlrpc 13: needs the right hash', async () => {
    await createAlice();
    await link();
    const key = await test.textedKey();
    expect(await activateLink(key, ha1('alice', 'guess'))).toBe('ERROR_PASSWORD_DOESNT_MATCH');
    expect(await activateLink(key, '')).toBe('ERROR_PASSWORD_DOESNT_MATCH');
    expect(await test.rpc('is_phone_number_used', phone)).toBe('NOK');
    expect(await activateLink(key)).toBe('OK');
  });

  it('xmlrpc X8: the code links the phone it was sent to only', async () => {
    await createAlice();
    await link();
    const key = await test.textedKey();
    expect(await activateLink(key, hash, '+33612345679')).toBe('ERROR_KEY_DOESNT_MATCH');
    expect(await test.rpc('is_phone_number_used', '+33612345679')).toBe('NOK');
  });

  it('xmlrpc X8: a stranger who links an own phone gets nothing of the account with the code', async () => {
    await createAlice();
    await link();
    const key = await test.textedKey();
    expect(await test.rpc('recover_account_from_confirmation_key', 'alice', key)).toBe(
      'ERROR_KEY_DOESNT_MATCH',
    );
    expect(await test.rpc('activate_phone_account', phone, 'alice', key)).toBe(
      'ERROR_KEY_DOESNT_MATCH',
    );
    // Nor does it void the key that its owner waits for.
    await test.createAccount({ username: 'bob', phone: '+33612345679' });
    expect(await test.rpc('recover_phone_account', '+33612345679')).toBe('bob');
    const recovery = await test.textedKey();
    expect(await link('bob')).toBe('OK');
    expect(await test.rpc('recover_account_from_confirmation_key', 'bob', recovery)).toHaveLength(
      2,
    );
  });

  it('xmlrpc 14: moves a phone that belongs to another account', async () => {
    await createAlice();
    await test.createAccount({ username: 'bob', phone, activated: true });
    await link();
    expect(await activateLink(await test.textedKey())).toBe('OK');
    expect(await test.rpc('get_alias', phone)).toBe('alice');
    expect(await test.rpc('get_phone_number_for_account', 'bob')).toBe('ERROR_ALIAS_DOESNT_EXIST');
  });

  it('xmlrpc X14: tells the previous owner by mail, and the log', async () => {
    await createAlice();
    await test.createAccount({ username: 'bob', phone, email: 'bob@mail.example' });
    await link();
    await activateLink(await test.textedKey());
    const [mail] = await test.mails();
    expect(mail?.to).toBe('bob@mail.example');
    expect(mail?.text).toContain(`The number ${phone} belonged to your account bob@${domain}.`);
    const line = logger.lines.find((text) => text.includes('phone moved'));
    expect(line).toBeDefined();
    expect(line).not.toContain(phone);
  });

  it('is off where the space takes no phones', async () => {
    await createAlice();
    const { id: _id, ...settings } = test.space;
    const switches = { ...settings.switches, phone_registration: false };
    await updateSpace(test.platform, domain, { ...settings, switches });
    expect(await link()).toBe('ERROR_SMS_API_DISABLED');
    expect(await test.rpc('create_phone_account', phone, 'bob')).toBe('fault -32601');
  });

  it('checks its arguments in order', async () => {
    expect(await test.rpc('link_phone_number_with_account')).toBe(
      'ERROR_PHONE_PARAMETER_NOT_FOUND',
    );
    expect(await test.rpc('link_phone_number_with_account', phone)).toBe(
      'ERROR_USERNAME_PARAMETER_NOT_FOUND',
    );
    expect(await link('alice', '0612345678')).toBe('ERROR_PHONE_ISNT_E164');
    await createAlice();
    expect(await link('alice', '+33100')).toBe('ERROR_CANNOT_SEND_SMS');
    expect(await test.rpcAs('alice', 'secret', 'activate_phone_number_link', phone)).toBe(
      'ERROR_USERNAME_PARAMETER_NOT_FOUND',
    );
  });

  it('of an account without password has nothing to compare with', async () => {
    await test.close();
    test = await buildXmlRpcTest({ config: { USE_DIGEST_AUTH: 'false' } });
    const { id } = await createAlice();
    await setPasswordHashes(test.platform, id, []);
    await link();
    expect(await activateLink(await test.textedKey())).toBe('ERROR_PASSWORD_NOT_FOUND');
    expect((await findAccountByAddress(test.platform, 'alice', domain))?.phone).toBeUndefined();
  });
});

describe('look-ups', () => {
  it('account-creator 31: an unused phone is no alias', async () => {
    expect(await test.rpc('is_phone_number_used', phone, domain)).toBe('NOK');
    expect(await test.rpc('is_alias_used', phone)).toBe('ERROR_ALIAS_DOESNT_EXIST');
    expect(await test.rpc('get_alias', phone)).toBe('ERROR_ALIAS_DOESNT_EXIST');
  });

  it('account-creator 28: an unknown account does not exist', async () => {
    expect(await test.rpc('get_phone_number_for_account', 'nobody', domain)).toBe(
      'ERROR_ACCOUNT_DOESNT_EXIST',
    );
    expect(await test.rpc('is_account_activated', 'nobody')).toBe('ERROR_ACCOUNT_DOESNT_EXIST');
    expect(await test.rpc('is_account_used', 'nobody')).toBe('NOK');
  });

  it.each(['is_phone_number_used', 'is_alias_used', 'get_alias', 'recover_phone_account'])(
    '%s wants a phone that begins with +',
    async (name) => {
      expect(await test.rpc(name, '0612345678')).toBe('ERROR_PHONE_ISNT_E164');
      expect(await test.rpc(name)).toBe('ERROR_PHONE_PARAMETER_NOT_FOUND');
    },
  );

  it.each(['is_account_used', 'is_account_activated', 'get_phone_number_for_account'])(
    '%s wants a name',
    async (name) => {
      expect(await test.rpc(name)).toBe('ERROR_USERNAME_PARAMETER_NOT_FOUND');
    },
  );

  it('xmlrpc X12: may be told to answer existence only', async () => {
    await test.close();
    test = await buildXmlRpcTest({ config: { DIALTONE_XMLRPC_EXISTENCE_ONLY: 'true' } });
    await test.createAccount({ username: 'alice', phone });
    expect(await test.rpc('get_phone_number_for_account', 'alice')).toBe(
      'ERROR_ALIAS_DOESNT_EXIST',
    );
    expect(await test.rpc('get_alias', phone)).toBe('ERROR_ALIAS_DOESNT_EXIST');
    expect(await test.rpc('is_account_used', phone)).toBe('OK');
    expect(await test.rpc('is_phone_number_used', phone)).toBe('OK_ALIAS');
  });
});
