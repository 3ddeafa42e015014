import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findAccountByAddress } from '../accounts/account.service.ts';
import { buildXmlRpcTest, domain, ha1, type XmlRpcTest } from './testing/xmlrpc-test.ts';

let test: XmlRpcTest;
beforeEach(async () => {
  test = await buildXmlRpcTest();
});
afterEach(() => test.close());

const hash = ha1('alice', 'secret');
const phone = '+33612345678';
const wrong = '0000000000000';

async function createByEmail(): Promise<string> {
  const args = ['alice', 'alice@mail.example', hash, 'Phone/1.0', domain];
  expect(await test.rpc('create_email_account', ...args)).toBe('OK');
  return test.mailedKey();
}

async function createByPhone(username = 'alice'): Promise<string> {
  const args = [phone, username, ha1(username, 'secret'), 'Phone/1.0', domain];
  expect(await test.rpc('create_phone_account', ...args)).toBe('OK');
  return test.textedKey();
}

const activate = (key: string, algorithm: string | null = 'SHA-256') =>
  test.rpc('activate_email_account', 'alice', key, domain, algorithm);
const activatePhone = (key: string, username = 'alice', number = phone) =>
  test.rpc('activate_phone_account', number, username, key, domain, 'SHA-256');

describe('activation by email', () => {
  it('xmlrpc 8: sign-up ends with the hash that the client sent', async () => {
    const key = await createByEmail();
    expect(await test.rpc('is_account_activated', 'alice', domain, 'SHA-256')).toBe('NOK');
    expect(await activate(key)).toBe(hash);
    expect(await test.rpc('is_account_activated', 'alice', domain, 'SHA-256')).toBe('OK');
    expect(await test.rpc('get_phone_number_for_account', 'alice')).toBe(
      'ERROR_ALIAS_DOESNT_EXIST',
    );
  });

  it('xmlrpc 4: a wrong key voids the right one', async () => {
    const key = await createByEmail();
    expect(await activate(wrong)).toBe('ERROR_KEY_DOESNT_MATCH');
    expect(await activate(key)).toBe('ERROR_KEY_DOESNT_MATCH');
    expect(await test.rpc('is_account_activated', 'alice')).toBe('NOK');
  });

  it('xmlrpc X9: the number of tries is a setting', async () => {
    await test.close();
    test = await buildXmlRpcTest({ config: { DIALTONE_XMLRPC_KEY_TRIES: '3' } });
    const key = await createByEmail();
    expect(await activate(wrong)).toBe('ERROR_KEY_DOESNT_MATCH');
    expect(await activate('')).toBe('ERROR_KEY_DOESNT_MATCH');
    expect(await activate(wrong)).toBe('ERROR_KEY_DOESNT_MATCH');
    expect(await activate(key)).toBe(hash);
  });

  it('xmlrpc X9: a hundred guesses at once share one try', async () => {
    const key = await createByEmail();
    const keys = [...Array.from({ length: 99 }, (_, n) => String(n).padStart(13, '0')), key];
    const results = await Promise.all(keys.map((guess) => activate(guess)));
    expect(results.every((result) => result === 'ERROR_KEY_DOESNT_MATCH')).toBe(true);
  });

  it('a hundred right tries at once activate once', async () => {
    const key = await createByEmail();
    const results = await Promise.all(Array.from({ length: 100 }, () => activate(key)));
    expect(results.filter((result) => result === hash)).toHaveLength(1);
  });

  it('xmlrpc 6: an activated account is told apart whatever the key', async () => {
    const key = await createByEmail();
    await activate(key);
    expect(await activate(key)).toBe('ERROR_ACCOUNT_ALREADY_ACTIVATED');
    expect(await activate(wrong)).toBe('ERROR_ACCOUNT_ALREADY_ACTIVATED');
  });

  it('xmlrpc X10: an algorithm without password changes nothing; an unknown one is refused', async () => {
    const key = await createByEmail();
    expect(await activate(key, 'MD5')).toBe('ERROR_PASSWORD_NOT_FOUND');
    expect(await activate(key, 'SHA-512')).toBe('ERROR_ALGO_NOT_SUPPORTED');
    expect(await test.rpc('is_account_activated', 'alice')).toBe('NOK');
    expect(await activate(key, null)).toBe(hash);
  });

  it('keys end', async () => {
    const key = await createByEmail();
    test.clock.advance(1440 * 60_000 + 1000);
    expect(await activate(key)).toBe('ERROR_KEY_DOESNT_MATCH');
  });

  it('account-creator 29: an unknown account does not exist', async () => {
    expect(await test.rpc('activate_email_account', 'nobody', wrong, domain, '')).toBe(
      'ERROR_ACCOUNT_DOESNT_EXIST',
    );
  });

  it('locks blocked accounts out', async () => {
    const key = await createByEmail();
    await test.platform.db.updateTable('accounts').set({ blocked: 1 }).execute();
    expect(await activate(key)).toBe('ERROR_CANT_RECOVER_ACCOUNT');
  });
});

describe('activation by phone', () => {
  it('xmlrpc 8: sign-up ends with the hash, and the phone as alias', async () => {
    expect(await activatePhone(await createByPhone())).toBe(hash);
    expect(await test.rpc('is_account_activated', phone)).toBe('OK');
    expect(await test.rpc('get_phone_number_for_account', 'alice')).toBe(phone);
    expect(await test.rpc('get_phone_number_for_account', phone)).toBe(phone);
    expect(await test.rpc('is_phone_number_used', phone)).toBe('OK_ALIAS');
    expect(await test.rpc('is_alias_used', phone)).toBe('OK');
    expect(await test.rpc('get_alias', phone)).toBe('alice');
    expect(await test.rpc('is_account_used', phone)).toBe('OK');
  });

  it('xmlrpc X8: the code serves for the phone it was sent to only', async () => {
    const code = await createByPhone();
    expect(await activatePhone(code, 'alice', '+33612345679')).toBe('ERROR_KEY_DOESNT_MATCH');
    expect(await test.rpc('activate_email_account', 'alice', code)).toBe('ERROR_KEY_DOESNT_MATCH');
    expect(await activatePhone(code)).toBe(hash);
  });

  it('reads numbers however they are written', async () => {
    const code = await createByPhone();
    expect(await activatePhone(code, 'alice', '+33 6 12-34-56-78')).toBe(hash);
    expect((await findAccountByAddress(test.platform, 'alice', domain))?.phone).toBe(phone);
  });

  it('of an account called like its phone keeps the name', async () => {
    const code = await createByPhone(phone);
    expect(await activatePhone(code, phone)).toBe(ha1(phone, 'secret'));
    expect(await test.rpc('is_phone_number_used', phone)).toBe('OK_ALIAS');
    expect(await test.rpc('recover_phone_account', phone)).toBe(phone);
  });

  it('codes end', async () => {
    const code = await createByPhone();
    test.clock.advance(10 * 60_000 + 1000);
    expect(await activatePhone(code)).toBe('ERROR_KEY_DOESNT_MATCH');
  });

  it('whose SMS was lost is tried again through recovery', async () => {
    await createByPhone();
    expect(await test.rpc('recover_phone_account', phone)).toBe('alice');
    const [first, second] = await test.texts();
    expect([first?.to, second?.to]).toEqual([phone, phone]);
    const code = await test.textedKey();
    expect(await test.rpc('is_account_activated', 'alice')).toBe('NOK');
    expect(await activatePhone(code)).toBe(hash);
    expect(await test.rpc('get_phone_number_for_account', 'alice')).toBe(phone);
  });
});

describe('the page behind the link of a mail', () => {
  const linkIn = async () =>
    new URL(/^http\S+$/m.exec((await test.mails()).at(-1)?.text ?? '')?.[0] ?? '').pathname;
  const open = (url: string, method: 'GET' | 'HEAD' | 'POST', language = 'en') =>
    test.request({ url, method, headers: { accept: 'text/html', 'accept-language': language } });

  it('asks first: reading it ahead activates nothing and spends no key', async () => {
    await createByEmail();
    const link = await linkIn();
    for (const method of ['HEAD', 'GET', 'GET'] as const) {
      const page = await open(link, method);
      expect(page.statusCode).toBe(200);
      expect(page.headers['content-type']).toBe('text/html; charset=UTF-8');
    }
    expect((await open(link, 'GET')).body).toContain('Activate the account alice@sip.example.com?');
    expect(await test.rpc('is_account_activated', 'alice')).toBe('NOK');
    const done = await open(link, 'POST');
    expect(done.statusCode).toBe(200);
    expect(done.body).toContain('is activated.');
    expect(await test.rpc('is_account_activated', 'alice')).toBe('OK');
    expect((await open(link, 'POST')).body).toContain('is activated already.');
  });

  it('accepts what browsers send with a button', async () => {
    await createByEmail();
    const response = await test.request({
      url: await linkIn(),
      method: 'POST',
      body: '',
      headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(response.statusCode).toBe(200);
    expect(await test.rpc('is_account_activated', 'alice')).toBe('OK');
  });

  it('speaks French', async () => {
    await createByEmail();
    expect((await open(await linkIn(), 'GET', 'fr')).body).toContain('Activer le compte');
  });

  it('xmlrpc 4: a wrong key fails, and voids the right one', async () => {
    await createByEmail();
    const link = await linkIn();
    const failed = await open(link.replace(/[^/]+$/, wrong), 'POST');
    expect(failed.statusCode).toBe(410);
    expect((await open(link, 'POST')).statusCode).toBe(410);
    expect(await test.rpc('is_account_activated', 'alice')).toBe('NOK');
  });

  it('tells nothing about accounts, and shows names as text', async () => {
    const page = await open('/xmlrpc/activation/%3Cscript%3E/0', 'GET');
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('&lt;script&gt;@sip.example.com');
    expect((await open('/xmlrpc/activation/nobody/0', 'POST')).statusCode).toBe(410);
  });
});
