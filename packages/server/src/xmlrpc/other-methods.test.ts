import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../accounts/account.ts';
import { findAccountByAddress } from '../accounts/account.service.ts';
import { recordingLogger } from '../testing/recording-logger.ts';
import { buildXmlRpcTest, domain, ha1, type XmlRpcTest } from './testing/xmlrpc-test.ts';

const logger = recordingLogger();
let test: XmlRpcTest;
let alice: Account;
beforeEach(async () => {
  test = await buildXmlRpcTest({ log: logger.log });
  alice = await test.createAccount({
    username: 'alice',
    activated: true,
    email: 'alice@mail.example',
    phone: '+33612345678',
    dictionary: { colour: 'blue' },
  });
});
afterEach(() => test.close());

const hash = ha1('alice', 'secret');
const phone = '+33612345678';
const asAlice = (name: string, ...args: (string | null)[]) =>
  test.rpcAs('alice', 'secret', name, ...args);
const isThere = async () => (await test.rpc('is_account_used', 'alice')) === 'OK';

describe('update_email', () => {
  const update = (password: string, email: string, algorithm = 'SHA-256') =>
    asAlice('update_email', 'alice', password, email, domain, algorithm);

  it('takes the clear password and changes the address', async () => {
    expect(await update('secret', 'new@mail.example')).toBe('OK');
    expect((await findAccountByAddress(test.platform, 'alice', domain))?.email).toBe(
      'new@mail.example',
    );
  });

  it('refuses what does not fit', async () => {
    await test.createAccount({ username: 'bob', email: 'bob@mail.example' });
    expect(await update('guess', 'new@mail.example')).toBe('ERROR_PASSWORD_DOESNT_MATCH');
    expect(await update('secret', 'new@mail.example', 'MD5')).toBe('ERROR_PASSWORD_NOT_FOUND');
    expect(await update('secret', 'new@mail.example', 'x')).toBe('ERROR_ALGO_NOT_SUPPORTED');
    expect(await update('secret', 'alice@mail.example')).toBe('ERROR_EMAIL_NEW_SAME_AS_OLD');
    expect(await update('secret', 'bob@mail.example')).toBe('ERROR_EMAIL_ALREADY_IN_USE');
    expect(await update('secret', 'no address')).toBe('ERROR_EMAIL_PARAMETER_NOT_FOUND');
    expect((await findAccountByAddress(test.platform, 'alice', domain))?.email).toBe(alice.email);
  });
});

describe('deletion by the owner', () => {
  it('needs the email address and the hash', async () => {
    const remove = (email: string, sent: string) =>
      asAlice('delete_email_account', 'alice', email, sent, domain, 'SHA-256');
    expect(await remove('other@mail.example', hash)).toBe('ERROR_EMAIL_DOESNT_MATCH');
    expect(await remove('alice@mail.example', ha1('alice', 'x'))).toBe(
      'ERROR_PASSWORD_DOESNT_MATCH',
    );
    expect(await isThere()).toBe(true);
    expect(await remove('alice@mail.example', hash)).toBe('OK');
    expect(await isThere()).toBe(false);
    expect(await test.rpc('is_phone_number_used', phone)).toBe('NOK');
    // The name of a deleted account is not given to a stranger.
    expect(await test.rpc('create_email_account', 'alice', 'm@mail.example', hash)).toBe(
      'ERROR_ACCOUNT_ALREADY_IN_USE',
    );
  });

  it('or the phone and the hash', async () => {
    const remove = (number: string) => asAlice('delete_phone_account', 'alice', number, hash);
    expect(await remove('+33612345679')).toBe('ERROR_ALIAS_DOESNT_MATCH');
    expect(await isThere()).toBe(true);
    expect(await remove(phone)).toBe('OK');
    expect(await isThere()).toBe(false);
  });
});

describe('what is stored of an account', () => {
  const described = (info: readonly string[]) => [
    String(alice.id),
    'alice',
    domain,
    'alice@mail.example',
    phone,
    '1',
    ...info,
  ];

  it('is shown to its owner, found by name or phone', async () => {
    const empty = described(['', '', '', '']);
    expect(await asAlice('get_email_account', 'alice', hash, domain, 'SHA-256')).toEqual(empty);
    expect(await asAlice('get_phone_account', phone, hash)).toEqual(empty);
    expect(await asAlice('get_phone_account', phone, ha1('alice', 'x'))).toBe(
      'ERROR_PASSWORD_DOESNT_MATCH',
    );
    expect(await test.rpc('get_email_account', 'nobody', hash)).toBe('ERROR_ACCOUNT_DOESNT_EXIST');
  });

  it('is completed with texts that go into its dictionary', async () => {
    const update = (...info: (string | null)[]) =>
      asAlice('update_account_user_info', 'alice', hash, ...info, domain);
    expect(await update('Alice', 'Martin', 'female', '1')).toBe('OK');
    expect(await asAlice('get_email_account', 'alice', hash)).toEqual(
      described(['Alice', 'Martin', 'female', '1']),
    );
    expect(await update('Alice', 'x'.repeat(256), null, null)).toBe('NOK');
    expect(await update('Alice', null, null, null)).toBe('OK');
    expect(await asAlice('get_email_account', 'alice', hash)).toEqual(
      described(['Alice', '', '', '']),
    );
    const entries = await test.platform.db
      .selectFrom('account_dictionary_entries')
      .select(['key', 'value'])
      .where('account_id', '=', alice.id)
      .execute();
    expect(entries).toContainEqual({ key: 'colour', value: 'blue' });
  });
});

describe('create_push_account', () => {
  it('gives a member an activated account with a random name', async () => {
    const answer = await asAlice('create_push_account', 'Phone/1.0', domain, 'MD5');
    const [username = '', accountDomain, password, algorithm] = answer;
    expect([accountDomain, algorithm]).toEqual([domain, 'MD5']);
    expect(username).toMatch(/^[a-z0-9]{12}$/);
    expect(password).toMatch(/^[0-9a-f]{32}$/);
    expect(await test.rpc('is_account_activated', username)).toBe('OK');
    expect(await asAlice('create_push_account', 'Phone/1.0', domain, 'x')).toBe(
      'ERROR_ALGO_NOT_SUPPORTED',
    );
  });
});

it('calibration results go to the log', async () => {
  const args = ['Maker', 'Model 1', 'done', '250', '0'];
  expect(await test.rpc('add_ec_calibration_result', ...args)).toBe('OK');
  expect(logger.lines.some((line) => line.includes('"model":"Model 1"'))).toBe(true);
});

describe('test methods', () => {
  it('xmlrpc X13: do not exist outside of test servers', async () => {
    expect(await test.rpc('get_confirmation_key', 'alice', hash)).toBe('fault -32601');
    expect(await test.rpc('delete_account', 'alice', hash)).toBe('fault -32601');
    expect(await isThere()).toBe(true);
  });

  describe('on a test server', () => {
    beforeEach(async () => {
      await test.close();
      test = await buildXmlRpcTest({ config: { ALLOW_TEST_ACCOUNTS: 'true' } });
    });

    const key = (secret: string, ...more: string[]) =>
      test.rpc('get_confirmation_key', 'alice', secret, domain, ...more);

    it('account-creator 43, 45: show the key of an account, or a fresh one', async () => {
      await test.rpc('create_email_account', 'alice', 'a@mail.example', hash);
      const mailed = await test.mailedKey();
      expect(await key(hash, 'SHA-256')).toBe(mailed);
      expect(await key('secret')).toBe(mailed);
      expect(await test.rpc('activate_email_account', 'alice', mailed)).toBe(hash);
      const fresh = String(await key(hash));
      expect(fresh).toMatch(/^[0-9a-f]{13}$/);
      expect(fresh).not.toBe(mailed);
      expect(await test.rpc('activate_email_account', 'alice', fresh)).toBe(
        'ERROR_ACCOUNT_ALREADY_ACTIVATED',
      );
    });

    it('refuse wrong passwords, unknown algorithms, administrators', async () => {
      const admin = { username: 'root', admin: true, password: 'secret' };
      await test.createAccount(admin);
      await test.createAccount({ username: 'alice' });
      expect(await test.rpc('get_confirmation_key', 'root', 'secret')).toBe(
        'ERROR_NON_TEST_ACCOUNTS_UNAUTHORIZED',
      );
      expect(await key('guess')).toBe('ERROR_PASSWORD_DOESNT_MATCH');
      expect(await key(hash, 'MD5')).toBe('ERROR_PASSWORD_NOT_FOUND');
      expect(await key(hash, 'x')).toBe('ERROR_ALGO_NOT_SUPPORTED');
      expect(await test.rpc('delete_account', 'root', 'secret')).toBe(
        'ERROR_NON_TEST_ACCOUNTS_UNAUTHORIZED',
      );
    });

    it('account-creator 27: delete an account so that the next run can create it', async () => {
      const create = () => test.rpc('create_email_account', 'alice', 'a@mail.example', hash);
      expect(await create()).toBe('OK');
      expect(await test.rpc('delete_account', 'alice', 'secret', domain, 'SHA-256')).toBe('OK');
      expect(await test.rpc('delete_account', 'alice', 'secret', domain)).toBe(
        'ERROR_ACCOUNT_DOESNT_EXIST',
      );
      expect(await create()).toBe('OK');
    });
  });
});
