import type { LightMyRequestResponse } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { selectPasswords } from '../accounts/password/password.repository.ts';
import { setPasswordHashes } from '../accounts/password/password.service.ts';
import type { Account } from '../accounts/account.ts';
import {
  answer,
  buildXmlRpcTest,
  call,
  domain,
  ha1,
  read,
  type XmlRpcTest,
} from './testing/xmlrpc-test.ts';

let test: XmlRpcTest;
let alice: Account;
beforeEach(async () => {
  test = await buildXmlRpcTest();
  alice = await test.createAccount({ username: 'alice', activated: true, phone: undefined });
});
afterEach(() => test.close());

const body = call('update_hash', 'alice', ha1('alice', 'secret'), ha1('alice', 'next'), domain);
const from = `sip:alice@${domain}`;

const send = (authorization?: string, header = 'authorization') =>
  test.post(body, {
    headers: { from, ...(authorization === undefined ? {} : { [header]: authorization }) },
  });

function challengesOf({ headers }: LightMyRequestResponse): string[] {
  return [headers['www-authenticate'] ?? []].flat().map(String);
}

async function isUnchanged(): Promise<boolean> {
  const [password] = await selectPasswords(test.platform.db, alice.id);
  return password?.ha1 === ha1('alice', 'secret');
}

describe('protected methods', () => {
  it('xmlrpc X3: ask for a digest with the algorithms of the account', async () => {
    const both = [
      { algorithm: 'MD5', ha1: ha1('alice', 'secret', 'MD5') },
      { algorithm: 'SHA-256', ha1: ha1('alice', 'secret') },
    ] as const;
    await setPasswordHashes(test.platform, alice.id, both);
    const challenged = await send();
    expect(challenged.statusCode).toBe(401);
    const [first = '', second = ''] = challengesOf(challenged);
    expect(first).toMatch(/^Digest realm="sip\.example\.com",qop="auth",algorithm=MD5,/);
    expect(second).toContain('algorithm=SHA-256');
    expect(await selectPasswords(test.platform.db, alice.id)).toEqual(both);
  });

  it('xmlrpc X3: accept the owner, in Authorization or Auth-Digest, with or without From', async () => {
    expect(read(await send(answer(await send(), 'alice', 'secret')))).toBe('OK');
    const back = call('update_hash', 'alice', ha1('alice', 'next'), ha1('alice', 'secret'));
    const challenged = await test.post(back);
    expect(challenged.statusCode).toBe(401);
    const headers = {
      'auth-digest': answer(challenged, 'alice', 'next'),
      authorization: 'Basic x',
    };
    expect(read(await test.post(back, { headers }))).toBe('OK');
  });

  it('xmlrpc X3: refuse a wrong password', async () => {
    const response = await send(answer(await send(), 'alice', 'guess'));
    expect(response.statusCode).toBe(401);
    expect(challengesOf(response)).toHaveLength(1);
    expect(await isUnchanged()).toBe(true);
  });

  it('xmlrpc X3: refuse another account, even with its own right password', async () => {
    await test.createAccount({ username: 'mallory', password: 'own' });
    const response = await send(answer(await send(), 'mallory', 'own'));
    expect(response.statusCode).toBe(422);
    const asMallory = await test.post(body, { headers: { from: `sip:mallory@${domain}` } });
    const again = await send(answer(asMallory, 'mallory', 'own'));
    expect(again.statusCode).toBe(422);
    expect(await isUnchanged()).toBe(true);
  });

  it('xmlrpc X3: refuse a nonce twice, an invented one, one of another address, an old one', async () => {
    const challenged = await send();
    const good = answer(challenged, 'alice', 'secret');
    expect((await send(good.replace(/nonce="[^"]+"/, 'nonce="00"'))).statusCode).toBe(401);
    const elsewhere = await test.post(body, {
      remoteAddress: '192.0.2.1',
      headers: { from, authorization: good },
    });
    expect(elsewhere.statusCode).toBe(401);
    expect(await isUnchanged()).toBe(true);
    expect(read(await send(good))).toBe('OK');
    expect((await send(good)).statusCode).toBe(401);

    const old = await send();
    test.clock.advance(60 * 60_000 + 1000);
    const late = await send(answer(old, 'alice', 'next'));
    expect(late.statusCode).toBe(401);
    expect(challengesOf(late).join()).toContain('stale=true');
  });

  it('xmlrpc X3: a nonce serves a second call with a higher count', async () => {
    const challenged = await send();
    expect(read(await send(answer(challenged, 'alice', 'secret')))).toBe('OK');
    const check = call('check_authentication', 'alice', ha1('alice', 'next'));
    const authorization = answer(challenged, 'alice', 'next', { nonceCount: 2 });
    expect(read(await test.post(check, { headers: { authorization } }))).toBe('OK');
  });

  it('xmlrpc X3: at an old path are answered for that path', async () => {
    const url = '/flexisip-account-manager/xmlrpc.php';
    const challenged = await test.post(body, { url });
    const authorization = answer(challenged, 'alice', 'secret', { uri: url });
    expect(read(await test.post(body, { url, headers: { authorization } }))).toBe('OK');
  });

  const hash = ha1('alice', 'secret');
  it.each([
    ['activate_phone_number_link', '+33612345678', 'alice', '1234', hash],
    ['update_hash', 'alice', hash, hash],
    ['update_password', 'alice', hash, hash],
    ['update_passwords', 'alice', hash, hash, hash],
    ['upgrade_password', 'alice', hash, hash],
    ['check_authentication', 'alice', hash],
    ['check_authentication_and_upgrade_password', 'alice', hash, hash],
    ['update_email', 'alice', 'secret', 'new@mail.example'],
    ['delete_email_account', 'alice', 'a@mail.example', hash],
    ['delete_phone_account', 'alice', '+33612345678', hash],
    ['get_email_account', 'alice', hash],
    ['get_phone_account', 'alice', hash],
    ['update_account_user_info', 'alice', hash],
    ['create_push_account', 'Phone/1.0'],
  ])('xmlrpc X3: %s is one', async (name, ...args) => {
    expect(await test.rpc(name, ...args)).toBe('status 401');
  });

  it('lock blocked accounts out', async () => {
    const challenged = await send();
    await test.platform.db.updateTable('accounts').set({ blocked: 1 }).execute();
    expect((await send(answer(challenged, 'alice', 'secret'))).statusCode).toBe(403);
    expect(await isUnchanged()).toBe(true);
  });

  it('of an account that does not exist answer so, as the look-ups do', async () => {
    const args = ['nobody', hash, hash, domain, 'SHA-256'] as const;
    expect(await test.rpc('update_hash', ...args)).toBe('ERROR_ACCOUNT_DOESNT_EXIST');
  });

  it('can be left to their own arguments', async () => {
    await test.close();
    test = await buildXmlRpcTest({ config: { USE_DIGEST_AUTH: 'false' } });
    alice = await test.createAccount({ username: 'alice' });
    expect(read(await send())).toBe('OK');
    expect(await test.rpc('create_push_account', 'Phone/1.0')).toBe('status 401');
  });
});

describe('limits', () => {
  beforeEach(async () => {
    await test.close();
    test = await buildXmlRpcTest({ rateLimits: true, config: { USE_DIGEST_AUTH: 'false' } });
    alice = await test.createAccount({ username: 'alice', email: 'alice@mail.example' });
  });

  async function until429(...args: readonly [string, ...string[]]): Promise<number> {
    for (let calls = 0; calls < 1000; calls++) {
      if ((await test.rpc(...args)) === 'status 429') return calls;
    }
    return Number.POSITIVE_INFINITY;
  }

  it.each(['is_account_used', 'get_phone_number_for_account', 'is_phone_number_used', 'get_alias'])(
    'xmlrpc X12: %s is answered 60 times a minute',
    async (name) => {
      expect(await until429(name, '+33612345678')).toBe(60);
      const response = await test.post(call('is_account_activated', 'alice'));
      expect(response.statusCode).toBe(429);
      expect(response.headers['retry-after']).toBe('60');
      const other = await test.post(call(name, '+33612345678'), { remoteAddress: '192.0.2.1' });
      expect(other.statusCode).toBe(200);
      test.clock.advance(60_000);
      expect(read(await test.post(call('is_account_used', 'alice')))).toBe('OK');
    },
  );

  it('xmlrpc X12: keys and hashes are guessed 60 times in five minutes', async () => {
    expect(await until429('activate_email_account', 'alice', '1234')).toBe(60);
    expect(await test.rpc('is_account_used', 'alice')).toBe('OK');
  });

  it('xmlrpc X12: passwords of one account 30 times, even for the owner', async () => {
    const guess = ['check_authentication', 'alice', ha1('alice', 'guess')] as const;
    expect(await until429(...guess)).toBe(30);
    expect(await test.rpc('check_authentication', 'alice', ha1('alice', 'secret'))).toBe(
      'status 429',
    );
  });

  it('xmlrpc X12: an account gets five recovery mails an hour', async () => {
    expect(await until429('recover_email_account', 'alice', 'alice@mail.example')).toBe(5);
    expect(await test.mails()).toHaveLength(5);
  });
});
