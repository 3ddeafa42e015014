import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildTestApp, type TestApp } from '../../testing/build-test-app.ts';
import {
  consumeAccountCreationToken,
  createAccountCreationToken,
} from '../../tokens/account-creation-token.ts';
import type { Account } from '../account.ts';

const FRENCH = '+33612121212';
const DUTCH = '+31612121212';

let test: TestApp;
let account: Account;
let key: string;
let adminKey: string;

beforeEach(async () => {
  test = await buildTestApp({ config: { BLOCKING_AMOUNT_EVENTS_AUTHORIZED_DURING_PERIOD: '9' } });
  account = await test.createAccount({ username: 'john' });
  key = await test.createKey(account);
  await validate(account);
  const admin = await test.createAccount({ username: 'admin', admin: true });
  adminKey = await test.createKey(admin);
  await activateCountry('FR');
});

afterEach(() => test.close());

async function validate({ id }: Account): Promise<void> {
  const { token } = await createAccountCreationToken(test.platform, {});
  await consumeAccountCreationToken(test.platform, token, id, {});
}

async function activateCountry(code: string): Promise<void> {
  await test.platform.db
    .updateTable('phone_countries')
    .set({ activated: 1 })
    .where('code', '=', code)
    .execute();
}

const post = (path: string, body: object, withKey = key) =>
  test.request({ method: 'POST', url: `/api/accounts/me/${path}`, body, key: withKey });
const me = async () => (await test.request({ url: '/api/accounts/me', key })).json();
const adminShow = async () =>
  (await test.request({ url: `/api/accounts/${account.id}`, key: adminKey })).json();

describe('e-mail change', () => {
  it('E1: takes a new valid address', async () => {
    const invalid = await post('email/request', { email: 'wrong' });
    expect(Object.keys(invalid.json().errors)).toEqual(['email']);
    const reply = await post('email/request', { email: 'john@example.org' });
    expect([reply.statusCode, reply.body]).toEqual([200, '']);
    await post('email', { code: (await adminShow()).email_change_code.code });
    const current = await post('email/request', { email: 'john@example.org' });
    expect(Object.keys(current.json().errors)).toEqual(['email']);
  });

  it('E2: shows the pending address', async () => {
    await post('email/request', { email: 'john@example.org' });
    expect((await me()).email_change_code).toMatchObject({ email: 'john@example.org' });
  });

  it('mails the code to the new address', async () => {
    await post('email/request', { email: 'john@example.org' });
    const { code } = (await adminShow()).email_change_code;
    const [mail] = await test.platform.db.selectFrom('dialtone_outbox').selectAll().execute();
    expect(mail).toMatchObject({ kind: 'email', recipient: 'john@example.org' });
    expect(mail?.payload).toContain(code);
  });

  it('E3: refuses the address of another account of the space', async () => {
    await test.createAccount({ username: 'jane', email: 'jane@example.org' });
    const reply = await post('email/request', { email: 'jane@example.org' });
    expect(Object.keys(reply.json().errors)).toEqual(['email']);
  });

  it('defect 9: takes an address that is in use in another space', async () => {
    const second = await test.createSpace({ domain: 'second.example.com' });
    await test.createAccount({ username: 'jane', email: 'jane@example.org' }, second);
    expect((await post('email/request', { email: 'jane@example.org' })).statusCode).toBe(200);
  });

  it('E4: answers 410 to an expired code', async () => {
    await post('email/request', { email: 'john@example.org' });
    const { code } = (await adminShow()).email_change_code;
    test.clock.advance(11 * 60_000);
    expect((await post('email', { code })).statusCode).toBe(410);
  });

  it('E5: is refused to accounts without a consumed creation token', async () => {
    const jane = await test.createKey(await test.createAccount({ username: 'jane' }));
    const reply = await post('email/request', { email: 'jane@example.org' }, jane);
    expect(reply.statusCode).toBe(403);
  });

  it('E6: refuses wrong codes', async () => {
    await post('email/request', { email: 'john@example.org' });
    for (const code of ['wrong', '12345', '0000', 0]) {
      const reply = await post('email', { code });
      expect(reply.statusCode).toBe(422);
      expect(Object.keys(reply.json().errors)).toEqual(['code']);
    }
  });

  it('defect 6: voids a code after three wrong ones', async () => {
    await post('email/request', { email: 'john@example.org' });
    const { code } = (await adminShow()).email_change_code;
    for (let attempt = 0; attempt < 3; attempt++) {
      expect((await post('email', { code: '0000' })).statusCode).toBe(422);
    }
    expect((await post('email', { code })).statusCode).toBe(410);
    await post('email/request', { email: 'john@example.org' });
    const fresh = (await adminShow()).email_change_code.code;
    expect((await post('email', { code: fresh })).statusCode).toBe(200);
  });

  it('E7: reveals the code to administrators only', async () => {
    await post('email/request', { email: 'john@example.org' });
    expect((await me()).email).toBeNull();
    expect((await me()).email_change_code).not.toHaveProperty('code');
    expect((await adminShow()).email_change_code.code).toMatch(/^[1-9]\d{3}$/);
  });

  it('E8: sets the address by the right code', async () => {
    await post('email/request', { email: 'john@example.org' });
    const { code } = (await adminShow()).email_change_code;
    const reply = await post('email', { code: Number(code) });
    expect(reply.statusCode).toBe(200);
    expect(reply.json()).toMatchObject({
      email: 'john@example.org',
      activated: true,
      email_change_code: null,
    });
    expect((await me()).email).toBe('john@example.org');
    expect((await adminShow()).email_change_code).toBeNull();
    const again = await post('email', { code });
    expect([again.statusCode, again.json().code]).toEqual([404, 'code.not_found']);
  });

  it('refuses an address that somebody took meanwhile, and keeps the code', async () => {
    await post('email/request', { email: 'john@example.org' });
    const { code } = (await adminShow()).email_change_code;
    await test.createAccount({ username: 'jane', email: 'john@example.org' });
    expect(Object.keys((await post('email', { code })).json().errors)).toEqual(['email']);
    expect((await me()).email_change_code).not.toBeNull();
  });
});

describe('phone change', () => {
  it('N1: takes international numbers, again and again', async () => {
    const invalid = await post('phone/request', { phone: 'blabla' });
    expect(Object.keys(invalid.json().errors)).toEqual(['phone']);
    expect((await post('phone/request', { phone: FRENCH })).statusCode).toBe(200);
    expect((await post('phone/request', { phone: FRENCH })).statusCode).toBe(200);
    const rows = await test.platform.db.selectFrom('phone_change_codes').select('id').execute();
    expect(rows).toHaveLength(2);
  });

  it('sends the code by SMS in the language of the caller', async () => {
    await test.request({
      method: 'POST',
      url: '/api/accounts/me/phone/request',
      body: { phone: '+33 6 12 12 12 12' },
      key,
      headers: { 'accept-language': 'fr' },
    });
    const { code } = (await adminShow()).phone_change_code;
    const [sms] = await test.platform.db.selectFrom('dialtone_outbox').selectAll().execute();
    expect(sms).toMatchObject({ kind: 'sms', recipient: FRENCH });
    expect(sms?.payload).toContain(`votre code est ${code}`);
  });

  it('defect 9: takes a number of another space, and none of its own space', async () => {
    const second = await test.createSpace({ domain: 'second.example.com' });
    await test.createAccount({ username: 'jane', phone: FRENCH }, second);
    expect((await post('phone/request', { phone: FRENCH })).statusCode).toBe(200);
    await test.createAccount({ username: 'jane', phone: FRENCH });
    const refused = await post('phone/request', { phone: FRENCH });
    expect(Object.keys(refused.json().errors)).toEqual(['phone']);
  });

  it('N2: answers 410 to an expired code', async () => {
    await post('phone/request', { phone: FRENCH });
    const { code } = (await adminShow()).phone_change_code;
    test.clock.advance(11 * 60_000);
    expect((await post('phone', { code })).statusCode).toBe(410);
  });

  it('N3: takes numbers of activated countries only', async () => {
    expect((await post('phone/request', { phone: FRENCH })).statusCode).toBe(200);
    const refused = await post('phone/request', { phone: DUTCH });
    expect(Object.keys(refused.json().errors)).toEqual(['phone']);
    await activateCountry('NL');
    expect((await post('phone/request', { phone: DUTCH })).statusCode).toBe(200);
  });

  it('N4: is refused to accounts without a consumed creation token, before the number is looked at', async () => {
    const jane = await test.createKey(await test.createAccount({ username: 'jane' }));
    expect((await post('phone/request', { phone: 'blabla' }, jane)).statusCode).toBe(403);
  });

  it('N5: refuses wrong codes', async () => {
    await post('phone/request', { phone: FRENCH });
    for (const code of ['wrong', '0000']) {
      expect(Object.keys((await post('phone', { code })).json().errors)).toEqual(['code']);
    }
  });

  it('N6, N7: reveals the code to administrators only and sets the number by it', async () => {
    await post('phone/request', { phone: FRENCH });
    expect(await me()).toMatchObject({ phone: null });
    expect(JSON.stringify(await me())).not.toContain('"code"');
    const { code } = (await adminShow()).phone_change_code;
    const reply = await post('phone', { code });
    expect(reply.json()).toMatchObject({ phone: FRENCH, activated: true });
    expect(reply.json()).toHaveProperty('phone_change_code');
    expect((await me()).phone).toBe(FRENCH);
    expect((await adminShow()).phone_change_code).toBeNull();
  });
});

describe('blocking', () => {
  it('B1: blocks an account that asks for too many codes, for good', async () => {
    const strict = await buildTestApp({
      config: { BLOCKING_AMOUNT_EVENTS_AUTHORIZED_DURING_PERIOD: '1' },
    });
    await test.close();
    test = strict;
    await activateCountry('FR');
    const john = await test.createAccount({ username: 'john' });
    await validate(john);
    const johnKey = await test.createKey(john);
    expect((await post('phone/request', { phone: FRENCH }, johnKey)).statusCode).toBe(200);
    const refused = await post('email/request', { email: 'john@example.org' }, johnKey);
    expect(refused.statusCode).toBe(403);
    test.clock.advance(86_400_000);
    expect((await test.request({ url: '/api/accounts/me', key: johnKey })).statusCode).not.toBe(
      200,
    );
    const row = await test.platform.db.selectFrom('accounts').select('blocked').execute();
    expect(row).toEqual([{ blocked: 1 }]);
  });

  it('switched off leaves a limit to what codes cost', async () => {
    await test.close();
    test = await buildTestApp({
      rateLimits: true,
      config: { BLOCKING_AMOUNT_EVENTS_AUTHORIZED_DURING_PERIOD: '0' },
    });
    await activateCountry('FR');
    const john = await test.createAccount({ username: 'john' });
    await validate(john);
    const johnKey = await test.createKey(john);
    const ask = () => post('phone/request', { phone: FRENCH }, johnKey);
    for (let asked = 0; asked < 20; asked++) expect((await ask()).statusCode).toBe(200);
    expect((await ask()).statusCode).toBe(429);
    test.clock.advance(3_600_000);
    expect((await ask()).statusCode).toBe(200);
  });

  it('a hundred simultaneous requests send no more codes than allowed', async () => {
    const replies = await Promise.all(
      Array.from({ length: 100 }, () => post('phone/request', { phone: FRENCH })),
    );
    expect(replies.filter(({ statusCode }) => statusCode === 200)).toHaveLength(9);
    const sent = await test.platform.db.selectFrom('dialtone_outbox').select('id').execute();
    expect(sent).toHaveLength(9);
  });
});

it.each(['email/request', 'email', 'phone/request', 'phone'])(
  '%s needs credentials',
  async (path) => {
    const url = `/api/accounts/me/${path}`;
    expect((await test.request({ method: 'POST', url, body: {} })).statusCode).toBe(401);
  },
);
