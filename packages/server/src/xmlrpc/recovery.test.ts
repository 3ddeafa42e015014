import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setPasswordHashes } from '../accounts/password/password.service.ts';
import type { StoredPassword } from '../accounts/password/password.repository.ts';
import { buildXmlRpcTest, call, domain, ha1, type XmlRpcTest } from './testing/xmlrpc-test.ts';

let test: XmlRpcTest;
beforeEach(async () => {
  test = await buildXmlRpcTest();
});
afterEach(() => test.close());

const phone = '+33612345678';
const md5: StoredPassword = { algorithm: 'MD5', ha1: ha1('alice', 'secret', 'MD5') };
const sha256: StoredPassword = { algorithm: 'SHA-256', ha1: ha1('alice', 'secret') };

async function createAlice(...hashes: StoredPassword[]): Promise<void> {
  const email = 'Alice@mail.example';
  const account = await test.createAccount({ username: 'alice', activated: true, phone, email });
  await setPasswordHashes(test.platform, account.id, hashes.length === 0 ? [sha256] : hashes);
}

const recover = (number = phone) => test.rpc('recover_phone_account', number, domain, 'US');
const login = (key: string, algorithm = 'SHA-256', username = 'alice') =>
  test.rpc('recover_account_from_confirmation_key', username, key, domain, algorithm);

describe('recovery by phone', () => {
  it('xmlrpc 9: answers the name of the account with the phone, as alias or as name', async () => {
    await createAlice();
    expect(await recover()).toBe('alice');
    await test.createAccount({ username: '+33612345679', allowPhoneNumberUsername: true });
    expect(await recover('+33612345679')).toBe('+33612345679');
    expect((await test.texts()).map(({ to }) => to)).toEqual([phone, '+33612345679']);
  });

  it('account-creator 33: of an unused phone is refused', async () => {
    expect(await recover()).toBe('ERROR_ACCOUNT_DOESNT_EXIST');
    expect(await recover('0612345678')).toBe('ERROR_PHONE_ISNT_E164');
    expect(await test.rpc('recover_phone_account', '')).toBe('ERROR_PHONE_PARAMETER_NOT_FOUND');
    expect(await test.texts()).toEqual([]);
  });

  it('xmlrpc 17: login lists password, then algorithm', async () => {
    await createAlice();
    await recover();
    const key = await test.textedKey();
    const { body } = await test.post(call('recover_account_from_confirmation_key', 'alice', key));
    expect(body).toMatch(/<name>password<\/name>.*<name>algorithm<\/name>/s);
  });

  it.each([
    ['MD5 of MD5', [md5], 'MD5', md5],
    ['SHA-256 of SHA-256', [sha256], 'SHA-256', sha256],
    ['MD5 of SHA-256', [sha256], 'MD5', sha256],
    ['SHA-256 of MD5', [md5], 'SHA-256', md5],
    ['MD5 of both', [md5, sha256], 'MD5', md5],
    ['SHA-256 of both', [md5, sha256], 'SHA-256', sha256],
    ['nothing of both', [md5, sha256], '', sha256],
  ])('xmlrpc 10: asking %s', async (_, stored, asked, expected) => {
    await createAlice(...stored);
    await recover();
    expect(await login(await test.textedKey(), asked)).toEqual([expected.ha1, expected.algorithm]);
  });

  it('xmlrpc 5: a key works once', async () => {
    await createAlice();
    await recover();
    const key = await test.textedKey();
    expect(await login(key)).toHaveLength(2);
    expect(await login(key)).toBe('ERROR_KEY_DOESNT_MATCH');
  });

  it('xmlrpc X9: a wrong guess voids the code', async () => {
    await createAlice();
    await recover();
    const key = await test.textedKey();
    expect(await login(key === '1234' ? '4321' : '1234')).toBe('ERROR_KEY_DOESNT_MATCH');
    expect(await login(key)).toBe('ERROR_KEY_DOESNT_MATCH');
  });

  it('xmlrpc 5: voids the earlier keys of the account', async () => {
    await createAlice();
    await test.rpc('recover_email_account', 'alice', 'alice@mail.example');
    const args = ['+33612345679', 'bob', sha256.ha1, 'Phone/1.0', domain];
    await test.rpc('create_phone_account', ...args);
    const first = await test.textedKey();
    await test.rpc('recover_phone_account', '+33612345679');
    expect(await login(await test.textedKey(), '', 'bob')).toHaveLength(2);
    expect(await login(first, '', 'bob')).toBe('ERROR_KEY_DOESNT_MATCH');
    expect(await login(await test.mailedKey())).toHaveLength(2);
  });

  it('xmlrpc 7: activation of an activated account returns the hash again', async () => {
    await createAlice();
    await recover();
    const key = await test.textedKey();
    const args = [phone, 'alice', key, domain, 'SHA-256'];
    expect(await test.rpc('activate_phone_account', ...args)).toBe(sha256.ha1);
    expect(await test.rpc('activate_phone_account', ...args)).toBe('ERROR_KEY_DOESNT_MATCH');
  });

  it.each(['clrtxt', 'md5', 'x'])(
    'xmlrpc X10: the algorithm %s is refused everywhere',
    async (algorithm) => {
      await createAlice();
      await recover();
      const key = await test.textedKey();
      expect(await login(key, algorithm)).toBe('ERROR_ALGO_NOT_SUPPORTED');
      expect(await test.rpc('activate_phone_account', phone, 'alice', key, domain, algorithm)).toBe(
        'ERROR_ALGO_NOT_SUPPORTED',
      );
      expect(await test.rpc('activate_email_account', 'alice', key, domain, algorithm)).toBe(
        'ERROR_ALGO_NOT_SUPPORTED',
      );
      expect(await login(key)).toHaveLength(2);
    },
  );

  it('account-creator 54: of an unknown account does not exist', async () => {
    expect(await login('1234', 'MD5', 'nobody')).toBe('ERROR_ACCOUNT_DOESNT_EXIST');
  });

  it('of an account without password has nothing to answer, and spends no key', async () => {
    const account = await test.createAccount({ username: 'alice', activated: true, phone });
    await setPasswordHashes(test.platform, account.id, []);
    await recover();
    const key = await test.textedKey();
    expect(await login(key)).toBe('ERROR_PASSWORD_NOT_FOUND');
    await setPasswordHashes(test.platform, account.id, [sha256]);
    expect(await login(key)).toHaveLength(2);
  });

  it('locks blocked accounts out', async () => {
    await createAlice();
    await recover();
    const key = await test.textedKey();
    await test.platform.db.updateTable('accounts').set({ blocked: 1 }).execute();
    expect(await recover()).toBe('ERROR_CANT_RECOVER_ACCOUNT');
    expect(await login(key)).toBe('ERROR_CANT_RECOVER_ACCOUNT');
  });

  it('activates an account that waits for its code', async () => {
    const args = [phone, 'alice', sha256.ha1, 'Phone/1.0', domain];
    await test.rpc('create_phone_account', ...args);
    expect(await login(await test.textedKey())).toHaveLength(2);
    expect(await test.rpc('is_account_activated', 'alice')).toBe('OK');
    expect(await test.rpc('get_phone_number_for_account', 'alice')).toBe(phone);
  });
});

describe('SMS', () => {
  it('xmlrpc 15: the fourth within a day is refused, whoever asks for it', async () => {
    await createAlice();
    const bob = await test.createAccount({ username: 'bob', activated: true });
    expect(await recover()).toBe('alice');
    expect(await test.rpc('link_phone_number_with_account', phone, bob.username)).toBe('OK');
    expect(await recover()).toBe('alice');
    expect(await recover()).toBe('ERROR_MAX_SMS_EXCEEDED');
    expect(await recover('+33612345679')).toBe('ERROR_ACCOUNT_DOESNT_EXIST');
    expect(await test.texts()).toHaveLength(3);
    test.clock.advance(86_400_000);
    expect(await recover()).toBe('alice');
  });

  it('xmlrpc X7: a refused SMS leaves the earlier code as it is', async () => {
    await createAlice();
    for (let sms = 0; sms < 3; sms++) await recover();
    const key = await test.textedKey();
    expect(await recover()).toBe('ERROR_MAX_SMS_EXCEEDED');
    expect(await login(key)).toHaveLength(2);
  });

  it('xmlrpc 15: a hundred requests at once send three', async () => {
    await createAlice();
    const results = await Promise.all(Array.from({ length: 100 }, () => recover()));
    expect(results.filter((result) => result === 'alice')).toHaveLength(3);
    expect(await test.texts()).toHaveLength(3);
  });
});

describe('recovery by email', () => {
  const recoverByEmail = (email: string, username = 'alice') =>
    test.rpc('recover_email_account', username, email, domain);

  it('mails a key to those who know the address', async () => {
    await createAlice();
    expect(await recoverByEmail('alice@MAIL.example')).toBe('OK');
    const [mail] = await test.mails();
    expect(mail?.to).toBe('Alice@mail.example');
    expect(mail?.subject).toContain('get back to your account');
    expect(await login(await test.mailedKey())).toEqual([sha256.ha1, 'SHA-256']);
  });

  it('refuses everybody else', async () => {
    await createAlice();
    await test.createAccount({ username: 'bob' });
    expect(await recoverByEmail('bob@mail.example')).toBe('ERROR_EMAIL_DOESNT_MATCH');
    expect(await recoverByEmail('bob@mail.example', 'bob')).toBe('ERROR_EMAIL_DOESNT_MATCH');
    expect(await recoverByEmail('x@mail.example', 'nobody')).toBe('ERROR_ACCOUNT_DOESNT_EXIST');
    expect(await test.rpc('recover_email_account', 'alice')).toBe(
      'ERROR_EMAIL_PARAMETER_NOT_FOUND',
    );
    expect(await test.mails()).toEqual([]);
  });
});
