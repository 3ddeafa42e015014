import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { selectPasswords } from '../accounts/password/password.repository.ts';
import { findAccountByAddress } from '../accounts/account.service.ts';
import { updateSpace } from '../spaces/space.service.ts';
import {
  buildXmlRpcTest,
  call,
  domain,
  ha1,
  read,
  type XmlRpcTest,
} from './testing/xmlrpc-test.ts';

let test: XmlRpcTest;
beforeEach(async () => {
  test = await buildXmlRpcTest();
});
afterEach(() => test.close());

const hash = ha1('alice', 'secret');
const phone = '+33612345678';

function create(username = 'alice', email = 'alice@mail.example', ...more: string[]) {
  return test.rpc('create_email_account', username, email, hash, 'Phone/1.0', domain, ...more);
}

function createByPhone(username: string | null = 'alice', number = phone) {
  return test.rpc('create_phone_account', number, username, hash, 'Phone/1.0', domain, 'FR');
}

async function passwordsOf(username: string) {
  const account = await findAccountByAddress(test.platform, username, domain);
  return selectPasswords(test.platform.db, account?.id ?? 0);
}

describe('creation by email', () => {
  it('stores the account as sent and mails a key, all or nothing', async () => {
    expect(await create()).toBe('OK');
    const account = await findAccountByAddress(test.platform, 'alice', domain);
    expect(account).toMatchObject({
      email: 'alice@mail.example',
      userAgent: 'Phone/1.0',
      activated: false,
      admin: false,
      phone: undefined,
    });
    const [mail] = await test.mails();
    expect(mail?.to).toBe('alice@mail.example');
    expect(mail?.text).toContain('http://sip.example.com/xmlrpc/activation/alice/');
    expect(await test.mailedKey()).toMatch(/^[0-9a-f]{13}$/);
  });

  it('xmlrpc 1: a taken name is refused before any change', async () => {
    await create();
    const before = await test.mails();
    expect(await create('alice', 'other@mail.example')).toBe('ERROR_ACCOUNT_ALREADY_IN_USE');
    expect(await test.mails()).toEqual(before);
    expect((await findAccountByAddress(test.platform, 'alice', domain))?.email).toBe(
      'alice@mail.example',
    );
  });

  it('xmlrpc 3: the same name in another domain is another account', async () => {
    const other = await test.createSpace({ domain: 'other.example.com' });
    await test.createAccount({ username: 'alice' }, other);
    expect(await test.rpc('is_account_used', 'alice')).toBe('NOK');
    expect(await create()).toBe('OK');
    expect(await test.rpc('is_account_used', 'Alice')).toBe('NOK');
  });

  it('of one name a hundred times at once succeeds exactly once', async () => {
    const results = await Promise.all(
      Array.from({ length: 100 }, (_, n) => create('alice', `alice${n}@mail.example`)),
    );
    expect(results.filter((result) => result === 'OK')).toHaveLength(1);
    expect(results.filter((result) => result === 'ERROR_ACCOUNT_ALREADY_IN_USE')).toHaveLength(99);
    expect(await test.mails()).toHaveLength(1);
  });

  it('checks its arguments in order', async () => {
    const refused = (...args: (string | null)[]) => test.rpc('create_email_account', ...args);
    expect(await refused(null, null)).toBe('ERROR_USERNAME_PARAMETER_NOT_FOUND');
    expect(await refused('alice', null)).toBe('ERROR_EMAIL_PARAMETER_NOT_FOUND');
    expect(await refused('alice', 'no address', hash)).toBe('ERROR_EMAIL_PARAMETER_NOT_FOUND');
    expect(await refused('Alice', 'a@mail.example', hash)).toBe(
      'ERROR_USERNAME_PARAMETER_NOT_FOUND',
    );
    expect(await test.mails()).toEqual([]);
  });

  it('gives nobody the number of somebody else as a name', async () => {
    expect(await create(phone)).toBe('ERROR_USERNAME_PARAMETER_NOT_FOUND');
    expect(await createByPhone(null)).toBe('OK');
  });

  it('refuses an address that another account has', async () => {
    await create();
    expect(await create('bob')).toBe('ERROR_EMAIL_ALREADY_IN_USE');
  });

  it('xmlrpc X4: texts are stored as they are, not escaped', async () => {
    const [email, userAgent] = ["o'hara@mail.example", '<b>Phone</b> & "Co"; \'--'];
    const args = ['alice', email, hash, userAgent, domain];
    expect(await test.rpc('create_email_account', ...args)).toBe('OK');
    const stored = await findAccountByAddress(test.platform, 'alice', domain);
    expect(stored).toMatchObject({ email, userAgent });
  });

  it('is a fault in a space that is full, and unknown where strangers may not register', async () => {
    await test.createAccount({ username: 'first' });
    const { id: _id, ...settings } = test.space;
    await updateSpace(test.platform, domain, { ...settings, maxAccounts: 1 });
    expect(await create()).toBe('fault -32603');
    await updateSpace(test.platform, domain, {
      ...settings,
      switches: { ...settings.switches, public_registration: false },
    });
    expect(await create()).toBe('fault -32601');
    expect(await createByPhone()).toBe('fault -32601');
    expect(await test.rpc('is_account_used', 'first')).toBe('OK');
  });
});

describe('algorithms', () => {
  it('xmlrpc X16: SHA-256 unless the client asks for MD5 or sends an MD5 hash', async () => {
    const md5 = ha1('bob', 'secret', 'MD5');
    expect(await create()).toBe('OK');
    expect(await passwordsOf('alice')).toEqual([{ algorithm: 'SHA-256', ha1: hash }]);
    const rest = ['Phone/1.0', domain] as const;
    expect(await test.rpc('create_email_account', 'bob', 'b@m.example', md5, ...rest, 'MD5')).toBe(
      'OK',
    );
    expect(await passwordsOf('bob')).toEqual([{ algorithm: 'MD5', ha1: md5 }]);
    expect(await test.rpc('create_email_account', 'carol', 'c@m.example', md5, ...rest)).toBe('OK');
    expect(await passwordsOf('carol')).toEqual([{ algorithm: 'MD5', ha1: md5 }]);
    expect(await test.rpc('create_email_account', 'dave', 'd@m.example', null, ...rest)).toBe('OK');
    expect(await passwordsOf('dave')).toMatchObject([{ algorithm: 'SHA-256' }]);
  });

  it('xmlrpc X16: both are stored when the client sends both', async () => {
    const md5 = ha1('alice', 'secret', 'MD5');
    const args = ['alice', 'a@m.example', md5, hash, 'Phone/1.0', domain];
    expect(await test.rpc('create_email_md5_sha256_account', ...args)).toBe('OK');
    expect(await passwordsOf('alice')).toEqual([
      { algorithm: 'MD5', ha1: md5 },
      { algorithm: 'SHA-256', ha1: hash },
    ]);
    // Who asks for none of them is told the one of the space.
    const key = await test.mailedKey();
    expect(await test.rpc('activate_email_account', 'alice', key, domain)).toBe(hash);
  });

  it.each([
    ['clrtxt', 'secret'],
    ['clrtxt', hash],
    ['sha-256', hash],
    ['SHA256', hash],
    ['MD5', hash],
    ['SHA-256', 'secret'],
  ])('xmlrpc X15: %s with %s is refused', async (algorithm, sent) => {
    const args = ['alice', 'a@m.example', sent, 'Phone/1.0', domain, algorithm];
    expect(await test.rpc('create_email_account', ...args)).toBe('ERROR_ALGO_NOT_SUPPORTED');
    expect(await test.rpc('is_account_used', 'alice')).toBe('NOK');
  });

  it('refuse hashes in a space whose realm is not its domain: no password would ever fit', async () => {
    const space = await test.createSpace({
      domain: 'realm.example.com',
      digest: { realm: 'elsewhere' },
    });
    const options = { headers: { host: space.host } };
    const send = async (...args: (string | null)[]) =>
      read(await test.post(call('create_email_account', ...args), options));
    expect(await send('alice', 'a@m.example', hash)).toBe('ERROR_ALGO_NOT_SUPPORTED');
    expect(await send('alice', 'a@m.example', null)).toBe('OK');
  });
});

it('a mail leads to the host of the space, whatever host a stranger asks under', async () => {
  const reached = await buildXmlRpcTest({
    config: { DIALTONE_DEFAULT_HOST: domain, DIALTONE_PUBLIC_URL: 'https://{host}' },
  });
  const create = (name: string, host: string) =>
    reached.post(call('create_email_account', name, `${name}@mail.example`, hash), {
      headers: { host },
    });
  expect(read(await create('alice', 'evil.example'))).toBe('OK');
  expect(read(await create('bob', `${domain}:8080`))).toBe('OK');
  const links = (await reached.mails()).map(
    ({ text }) => /https?:\/\/\S+?(?=\/xml)/.exec(text)?.[0],
  );
  expect(links).toEqual([`https://${domain}`, `http://${domain}:8080`]);
  await reached.close();
});

describe('creation by phone', () => {
  it('sends a code in the language of the user; the phone is no alias yet', async () => {
    expect(await createByPhone()).toBe('OK');
    const [sms] = await test.texts();
    expect(sms?.to).toBe(phone);
    expect(sms?.text).toContain('votre code');
    expect(await test.textedKey()).toMatch(/^\d{4}$/);
    expect(await test.rpc('is_phone_number_used', phone)).toBe('NOK');
    expect(await test.rpc('get_phone_number_for_account', 'alice')).toBe(
      'ERROR_ALIAS_DOESNT_EXIST',
    );
  });

  it('without username calls the account like the phone', async () => {
    expect(await createByPhone(null)).toBe('OK');
    expect(await test.rpc('is_phone_number_used', phone)).toBe('OK_ACCOUNT');
    expect(await createByPhone(null)).toBe('ERROR_ACCOUNT_ALREADY_IN_USE');
  });

  it('without hash stores one nobody chose', async () => {
    expect(await test.rpc('create_phone_account', phone, 'alice', '', 'Phone/1.0', domain)).toBe(
      'OK',
    );
    expect(await passwordsOf('alice')).toMatchObject([{ algorithm: 'SHA-256' }]);
  });

  it('checks its arguments in order', async () => {
    const refused = (...args: (string | null)[]) => test.rpc('create_phone_account', ...args);
    expect(await refused(null)).toBe('ERROR_PHONE_PARAMETER_NOT_FOUND');
    expect(await refused('0612345678')).toBe('ERROR_PHONE_ISNT_E164');
    expect(await refused(phone, 'a', hash, '', domain, '', 'x')).toBe('ERROR_ALGO_NOT_SUPPORTED');
    expect(await refused(phone, '+33612345679', hash)).toBe('ERROR_ALIAS_DOESNT_MATCH');
  });

  it('xmlrpc 2: a phone that is an alias is refused for another name', async () => {
    await test.createAccount({ username: 'bob', phone });
    expect(await createByPhone()).toBe('ERROR_ALIAS_ALREADY_IN_USE');
    expect(await test.rpc('is_account_used', 'alice')).toBe('NOK');
  });

  it('xmlrpc X5: a number that cannot get SMS has the result that clients know', async () => {
    expect(await createByPhone('alice', '+33100')).toBe('ERROR_CANNOT_SEND_SMS');
    await test.platform.db.updateTable('phone_countries').set({ activated: 0 }).execute();
    expect(await createByPhone()).toBe('ERROR_CANNOT_SEND_SMS');
  });

  it('xmlrpc X6: without its SMS there is no account', async () => {
    for (const name of ['a', 'b', 'c']) expect(await createByPhone(name)).toBe('OK');
    expect(await createByPhone('d')).toBe('ERROR_MAX_SMS_EXCEEDED');
    expect(await test.rpc('is_account_used', 'd')).toBe('NOK');
    expect(await test.texts()).toHaveLength(3);
  });

  it('sends nothing to numbers of the test prefix, and refuses them where nothing is tested', async () => {
    const number = '+10005550001';
    expect(await createByPhone('alice', number)).toBe('ERROR_NON_TEST_ACCOUNTS_UNAUTHORIZED');
    const tests = await buildXmlRpcTest({ config: { ALLOW_TEST_ACCOUNTS: 'true' } });
    expect(await tests.rpc('create_phone_account', number, 'alice', hash)).toBe('OK');
    expect(await tests.texts()).toEqual([]);
    expect(await tests.rpc('get_confirmation_key', 'alice', hash)).toMatch(/^\d{4}$/);
    await tests.close();
  });
});
