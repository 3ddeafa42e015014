import { afterEach, beforeEach, expect, it } from 'vitest';
import { findAccountByAddress } from '../accounts/account.service.ts';
import { selectPasswords } from '../accounts/password/password.repository.ts';
import { domain, ha1 } from '../xmlrpc/testing/xmlrpc-test.ts';
import {
  alice,
  buildLegacyApiTest,
  type LegacyApiTest,
  outcome,
  phone,
} from './testing/legacy-api-test.ts';

let test: LegacyApiTest;
beforeEach(async () => {
  test = await buildLegacyApiTest();
});
afterEach(() => test.close());

const restart = async (...options: Parameters<typeof buildLegacyApiTest>) => {
  await test.close();
  test = await buildLegacyApiTest(...options);
};

it('account-creator 81: needs an unused token, which it spends', async () => {
  const account_creation_token = await test.newToken();
  const wanted = { username: 'alice', password: 'secret', account_creation_token };
  for (const token of ['', 'AAAAAAAAAAAAA', null]) {
    const fields = { ...wanted, account_creation_token: token };
    expect(await outcome(test.send('accounts/public', fields))).toEqual(['account_creation_token']);
  }
  const created = await test.send('accounts/public', wanted);
  expect(created.json()).toMatchObject({ username: 'alice', domain, activated: false });
  expect(await outcome(test.send('accounts/public', { ...wanted, username: 'bob' }))).toEqual([
    'account_creation_token',
  ]);
});

it('mails the code that activates the account', async () => {
  await test.create({ username: 'alice', email: 'alice@mail.example', domain });
  const code = await test.mailedKey();
  const activate = (body: object) => test.send(`accounts/${alice}/activate/email`, body);
  expect((await activate({ code })).json()).toMatchObject({ username: 'alice', activated: true });
  expect(await outcome(activate({ code }))).toBe(404);
});

it('sends a code to the phone, which belongs to the account after that only', async () => {
  await test.create({ username: 'alice', phone });
  expect((await test.get(`accounts/${phone}/info-by-phone`)).statusCode).toBe(404);
  const confirmation_key = await test.textedKey();
  const reply = await test.send(`accounts/${alice}/activate/phone`, { confirmation_key });
  expect(reply.json()).toMatchObject({ activated: true, phone });
  expect((await test.get(`accounts/${phone}/info-by-phone`)).json()).toMatchObject({ phone: true });
});

it('calls an account without username like its phone', async () => {
  expect((await test.create({ phone: '+33 6 12 34 56 78' })).json()).toMatchObject({
    username: phone,
    phone: null,
  });
  expect((await test.get(`accounts/${phone}/info-by-phone`)).json()).toMatchObject({
    phone: false,
  });
});

it.each([
  ['nothing to be called by', {}, ['username']],
  ['another number as name', { username: '+33612345679', phone }, ['username']],
  ['a number without country', { username: 'alice', phone: '0612345678' }, ['phone']],
  ['a country that is not served', { username: 'alice', phone: '+12025550123' }, ['phone']],
  ['an address that is none', { username: 'alice', email: 'alice' }, ['email']],
  ['another domain', { username: 'alice', domain: 'b.example' }, ['domain']],
  ['administrators', { username: 'alice', admin: true }, ['admin']],
  ['activated accounts', { username: 'alice', activated: '1' }, ['activated']],
])('refuses %s', async (_, fields, refused) => {
  expect(await outcome(test.create(fields))).toEqual(refused);
  expect(await test.texts()).toEqual([]);
});

it('leaves nothing behind when no SMS can be sent, not even a spent token', async () => {
  await restart({ SMS_COUNT_LIMIT_IN_PERIOD: '0' });
  const account_creation_token = await test.newToken();
  const fields = { username: 'alice', phone, account_creation_token };
  expect(await outcome(test.create(fields))).toBe(429);
  expect(await findAccountByAddress(test.platform, 'alice', domain)).toBeUndefined();
  const other = { username: 'alice', account_creation_token };
  expect((await test.create(other)).statusCode).toBe(200);
});

it('stops where strangers may not create accounts', async () => {
  await test.platform.db.updateTable('spaces').set({ phone_registration: 0 }).execute();
  expect(await outcome(test.create({ username: 'alice', phone }))).toBe(403);
  expect(await outcome(test.create({ username: 'bob' }))).toBe(200);
  await test.platform.db.updateTable('spaces').set({ public_registration: 0 }).execute();
  expect(await outcome(test.create({ username: 'carol' }))).toBe(403);
});

it('with-token is the creation of today under other names', async () => {
  const body = { algorithm: 'MD5', domain, password: 'secret', username: 'alice' };
  expect(await outcome(test.send('accounts/with-token', { ...body, token: 'x' }))).toEqual([
    'account_creation_token',
  ]);
  const created = await test.send('accounts/with-token', { ...body, token: await test.newToken() });
  expect(created.json()).toMatchObject({ username: 'alice', activated: false });
  expect(await selectPasswords(test.platform.db, created.json().id)).toEqual([
    { algorithm: 'SHA-256', ha1: ha1('alice', 'secret') },
  ]);
});

it('tokens asks for a push', async () => {
  const target = { pn_provider: 'fcm', pn_param: 'project', pn_prid: 'device' };
  expect(await outcome(test.send('tokens', target))).toBe(503);
  expect(await outcome(test.send('tokens', { ...target, pn_provider: '?' }))).toEqual([
    'pn_provider',
  ]);
});

it('of one name by twenty at once succeeds once', async () => {
  const tokens = await Promise.all(Array.from({ length: 20 }, () => test.newToken()));
  const replies = await Promise.all(
    tokens.map((token) => test.create({ username: 'alice', account_creation_token: token })),
  );
  expect(replies.map(({ statusCode }) => statusCode).filter((status) => status !== 422)).toEqual([
    200,
  ]);
});
