import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../accounts/account.ts';
import { PUZZLES } from '../captcha/puzzle.ts';
import { readMessage } from '../messaging/outbox.ts';
import { type Browser, openBrowser } from '../testing/browser.ts';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';
import { createAccountRecoveryToken } from '../tokens/account-recovery-token.ts';

let test: TestApp;
let account: Account;
let browser: Browser;

beforeEach(async () => {
  test = await buildTestApp({ rateLimits: true, config: { DIALTONE_CAPTCHA_BITS: '0' } });
  await test.platform.db.updateTable('phone_countries').set({ activated: 1 }).execute();
  account = await test.createAccount({
    username: 'john',
    phone: '+33612345678',
    email: 'john@example.org',
  });
  browser = openBrowser(test);
});
afterEach(() => test.close());

const solution = { captcha_solution: Array(PUZZLES).fill('0').join(',') };
const newToken = () =>
  createAccountRecoveryToken(test.platform, {}, { provider: 'fcm', param: 'a', prid: 'b' });
const phonePage = (token: string, query = '') => `/recovery/phone/${token}${query}`;
const digits = (code: string) =>
  Object.fromEntries([...code].map((digit, index) => [`number_${index + 1}`, digit]));

async function messages() {
  const rows = await test.platform.db.selectFrom('dialtone_outbox').selectAll().execute();
  return rows.map((row) => readMessage(row));
}

async function sentCode(): Promise<string> {
  const last = (await messages()).at(-1);
  return /\b\d{4}\b/.exec(last !== undefined && 'text' in last ? last.text : '')?.[0] ?? '';
}

async function askBySms(phone = '+33612345678') {
  await browser.get(phonePage(await newToken()));
  return browser.submit({ phone });
}

async function askByMail(email: string) {
  await browser.get('/recovery/email');
  return browser.submit({ email, ...solution });
}

const wrongCode = (code: string) => (code === '1000' ? '1001' : '1000');

describe('recovery by phone', () => {
  it('R3: needs an unused token, and fills in the phone', async () => {
    expect((await browser.get(phonePage('bad_token'))).statusCode).toBe(404);
    const token = await newToken();
    const page = await browser.get(phonePage(token));
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('name="phone"');
    const filled = await browser.get(phonePage(token, '?phone=%2B33612345678'));
    expect(filled.body).toContain('value="+33612345678"');
    expect((await browser.submit({ phone: '+33612345678' })).statusCode).toBe(200);
    expect((await browser.get(phonePage(token))).statusCode).toBe(404);
  });

  it('answers 419 to a token that is too old', async () => {
    const token = await newToken();
    test.clock.advance(61 * 60_000);
    expect((await browser.get(phonePage(token))).statusCode).toBe(419);
  });

  it('R4: counts wrong codes down to none, then the right one is refused too', async () => {
    await askBySms();
    const code = await sentCode();
    for (const left of [2, 1, 0]) {
      const page = await browser.submit(digits(wrongCode(code)));
      expect(page.statusCode).toBe(200);
      expect(page.body).toContain(`${left} attempts left`);
    }
    expect((await browser.submit(digits(code))).statusCode).toBe(419);
  });

  it('signs the owner in to choose a password', async () => {
    const page = await askBySms();
    expect(page.statusCode).toBe(200);
    expect(await messages()).toMatchObject([{ kind: 'sms', to: '+33612345678' }]);
    const code = await sentCode();
    const signedIn = await browser.submit(digits(code));
    expect([signedIn.statusCode, signedIn.headers.location]).toEqual([302, '/password']);
    const password = await browser.follow(signedIn);
    expect(password.body).toContain('john@sip.example.com');
    expect(password.body).not.toContain('current_password');
    const saved = await browser.submit({
      password: 'new secret',
      password_confirmation: 'new secret',
    });
    expect(saved.headers.location).toBe('/login?notice=password_changed');
    expect((await browser.get('/dashboard')).headers.location).toBe('/login');
  });

  it('spends a code once', async () => {
    await askBySms();
    const code = digits(await sentCode());
    const replies = await Promise.all([1, 2, 3].map(() => browser.submit(code)));
    expect(replies.filter(({ statusCode }) => statusCode === 302)).toHaveLength(1);
  });

  it('answers 419 when the code is too old', async () => {
    await askBySms();
    const code = await sentCode();
    test.clock.advance(10 * 60_000 + 1000);
    expect((await browser.submit(digits(code))).statusCode).toBe(419);
  });

  it('finds an account by its username before the phone of another', async () => {
    const named = await test.createAccount({
      username: '+33611111111',
      allowPhoneNumberUsername: true,
    });
    await test.platform.db.updateTable('passwords').set({ password: 'x' }).execute();
    await askBySms('+33611111111');
    const row = await test.platform.db.selectFrom('recovery_codes').selectAll().execute();
    expect(row).toMatchObject([{ account_id: named.id, phone: '+33611111111' }]);
  });

  it('keeps the token when nobody has the number, and refuses a used one', async () => {
    const token = await newToken();
    await browser.get(phonePage(token));
    const unknown = await browser.submit({ phone: '+33699999999' });
    expect(unknown.headers.location).toMatch(/error=identifier$/);
    expect((await browser.follow(unknown)).body).toContain('No account can be recovered');
    expect((await browser.submit({ phone: '+33612345678' })).statusCode).toBe(200);
    await browser.get('/recovery/email');
    const fields = { _token: await formToken(), account_recovery_token: token };
    const again = await browser.post('/recovery', { ...fields, phone: '+33612345678' });
    expect(again.statusCode).toBe(403);
    expect(await messages()).toHaveLength(1);
  });

  it('sends no second code while one is pending, and few a day', async () => {
    await askBySms();
    const again = await askBySms();
    expect(again.headers.location).toMatch(/error=code$/);
    for (let sent = 1; sent < 5; sent++) {
      test.clock.advance(11 * 60_000);
      expect((await askBySms()).statusCode).toBe(200);
    }
    test.clock.advance(11 * 60_000);
    expect((await askBySms()).statusCode).toBe(302);
    expect(await messages()).toHaveLength(5);
    test.clock.advance(24 * 3_600_000);
    expect((await askBySms()).statusCode).toBe(200);
  });

  it('does not recover blocked accounts or those of other spaces', async () => {
    await test.platform.db.updateTable('accounts').set({ blocked: 1 }).execute();
    expect((await askBySms()).headers.location).toMatch(/error=identifier$/);
    await test.platform.db.updateTable('accounts').set({ blocked: 0 }).execute();
    const other = await test.createSpace({ domain: 'other.example.com' });
    browser = openBrowser(test, { host: other.host });
    expect((await askBySms()).headers.location).toMatch(/error=identifier$/);
  });
});

async function formToken(): Promise<string> {
  const page = await browser.get('/recovery/email');
  return /name="_token" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
}

describe('recovery by email', () => {
  it('mails a code that signs in', async () => {
    expect((await askByMail('john@example.org')).statusCode).toBe(200);
    expect(await messages()).toMatchObject([{ kind: 'email', to: 'john@example.org' }]);
    const signedIn = await browser.submit(digits(await sentCode()));
    expect(signedIn.headers.location).toBe('/password');
  });

  it('looks the same whether an account has the address or not', async () => {
    const known = await askByMail('john@example.org');
    const code = await sentCode();
    const unknown = await askByMail('nobody@example.org');
    const withoutSecrets = (html: string) => html.replaceAll(/value="[^"]*"/g, '');
    expect(withoutSecrets(unknown.body)).toBe(withoutSecrets(known.body));
    for (const left of [2, 1, 0]) {
      const page = await browser.submit(digits(code));
      expect(page.body).toContain(`${left} attempts left`);
    }
    expect((await browser.submit(digits(code))).statusCode).toBe(419);
    expect(await messages()).toHaveLength(1);
  });

  it('looks the same to those who ask again when their tries are used up', async () => {
    for (const email of ['john@example.org', 'nobody@example.org']) {
      await askByMail(email);
      const code = wrongCode(await sentCode());
      for (let tries = 0; tries < 3; tries++) await browser.submit(digits(code));
      await askByMail(email);
      expect((await browser.submit(digits(code))).statusCode).toBe(419);
    }
  });

  it('asks for a name too where addresses may be shared', async () => {
    await test.platform.db.updateTable('spaces').set({ unique_email: 0 }).execute();
    const jane = await test.createAccount({ username: 'jane' });
    await test.platform.db.updateTable('accounts').set({ email: 'john@example.org' }).execute();
    const page = await browser.get('/recovery/email');
    expect(page.body).toContain('name="username"');
    await browser.submit({ email: 'john@example.org', username: 'jane', ...solution });
    const codes = await test.platform.db.selectFrom('recovery_codes').selectAll().execute();
    expect(codes).toMatchObject([{ account_id: jane.id }]);
    expect(account.id).not.toBe(jane.id);
  });

  it('needs a human', async () => {
    await browser.get('/recovery/email');
    const reply = await browser.submit({ email: 'john@example.org' });
    expect(reply.headers.location).toBe('/recovery/email?error=captcha');
    expect(await messages()).toEqual([]);
  });
});

it('forms of other browsers and made-up tickets answer 419', async () => {
  const fields = { phone: '+33612345678', account_recovery_token: await newToken() };
  expect((await browser.post('/recovery', fields)).statusCode).toBe(419);
  const _token = await formToken();
  const confirm = { _token, account_id: String(account.id), method: 'phone', ...digits('1234') };
  expect((await browser.post('/recovery/confirm', confirm)).statusCode).toBe(419);
  const stranger = openBrowser(test);
  await stranger.get('/recovery/email');
  expect((await stranger.post('/recovery', { ...fields, _token })).statusCode).toBe(419);
});
