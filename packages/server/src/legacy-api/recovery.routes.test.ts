import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setSpaceDoors } from '../spaces/space.service.ts';
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

describe('activation', () => {
  it.each([
    ['email', '1234', ['code']],
    ['email', '12345678901234', ['code']],
    ['email', 13, ['code']],
    ['email', undefined, ['code']],
    ['phone', '12345', ['code']],
    ['phone', 'abcd', ['code']],
    ['phone', [1], ['code']],
    ['email', '0123456789abc', 404],
    ['phone', '1234', 404],
  ])('account-creator 77: by %s with the code %s', async (kind, code, expected) => {
    await test.createAccount({ username: 'alice' });
    expect(await outcome(test.send(`accounts/${alice}/activate/${kind}`, { code }))).toEqual(
      expected,
    );
  });

  it('looks the same for a wrong code, a blocked account and none', async () => {
    await test.create({ username: 'alice', phone });
    const code = await test.textedKey();
    await test.platform.db.updateTable('accounts').set({ blocked: 1 }).execute();
    const bodies = await Promise.all(
      [alice, `nobody@${domain}`].map(
        async (sip) => (await test.send(`accounts/${sip}/activate/phone`, { code })).body,
      ),
    );
    expect(new Set(bodies).size).toBe(1);
    expect(JSON.parse(bodies[0] ?? '')).toMatchObject({ code: 'account.not_found' });
  });

  it('voids a code by one wrong try', async () => {
    await test.create({ username: 'alice', phone });
    const code = await test.textedKey();
    const wrong = code === '1111' ? '2222' : '1111';
    expect(await outcome(test.send(`accounts/${alice}/activate/phone`, { code: wrong }))).toBe(404);
    expect(await outcome(test.send(`accounts/${alice}/activate/phone`, { code }))).toBe(404);
  });
});

describe('recovery', () => {
  it('account-creator 82: of a phone shows the account, its hashes and its name, once', async () => {
    const { id } = await test.createAccount({ username: 'alice', phone });
    expect(await outcome(test.recover())).toBe(200);
    const key = await test.textedKey();
    const url = `accounts/${alice}/recover/${key}`;
    expect(await test.request({ method: 'HEAD', url: `/api/${url}` })).toMatchObject({ body: '' });
    expect((await test.get(url)).json()).toMatchObject({
      id,
      username: 'alice',
      activated: true,
      passwords: [{ algorithm: 'SHA-256', password: ha1('alice', 'secret') }],
    });
    expect((await test.get(url)).statusCode).toBe(404);
  });

  it('works for a creation whose SMS was lost', async () => {
    await test.create({ username: 'alice', phone });
    expect(await outcome(test.recover())).toBe(200);
    const reply = await test.get(`accounts/${alice}/recover/${await test.textedKey()}`);
    expect(reply.json()).toMatchObject({ activated: true, phone });
  });

  it.each([
    ['without token', { account_creation_token: '' }, ['account_creation_token']],
    ['with an unknown one', { account_creation_token: 'A' }, ['account_creation_token']],
    ['of an unknown number', { phone: '+33612345679' }, 404],
    ['of no number', { phone: 'alice' }, 404],
  ])('is refused %s', async (_, fields, expected) => {
    await test.createAccount({ username: 'alice', phone });
    expect(await outcome(test.recover(fields))).toEqual(expected);
    expect(await test.texts()).toEqual([]);
  });

  it('spends its token only when an SMS is sent', async () => {
    await test.createAccount({ username: 'alice', phone });
    const account_creation_token = await test.newToken();
    expect(await outcome(test.recover({ account_creation_token, phone: '+33612345679' }))).toBe(
      404,
    );
    expect(await outcome(test.recover({ account_creation_token }))).toBe(200);
    expect(await outcome(test.recover({ account_creation_token }))).toEqual([
      'account_creation_token',
    ]);
  });

  it('goes on where the door of XML-RPC is closed', async () => {
    await test.createAccount({ username: 'alice', phone });
    await setSpaceDoors(test.platform, domain, { xmlrpc: false });
    expect(await outcome(test.recover())).toBe(200);
  });
});
