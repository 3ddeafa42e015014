import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Account } from '../accounts/account.ts';
import { readMessage } from '../messaging/outbox.ts';
import { type Browser, openBrowser } from '../testing/browser.ts';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';

let test: TestApp;
let account: Account;
let browser: Browser;

beforeEach(async () => {
  test = await buildTestApp();
  account = await test.createAccount({ username: 'john', email: 'john@example.org' });
  browser = openBrowser(test);
});
afterEach(() => test.close());

/** The path of the link in the mail that an administrator has sent. */
async function mailedLink(): Promise<string> {
  await sendResetLink(await test.createAccount({ username: `admin${Date.now()}`, admin: true }));
  return newestLink();
}

async function sendResetLink(admin: Account): Promise<void> {
  const reply = await test.request({
    method: 'POST',
    url: `/api/accounts/${account.id}/send_reset_password_email`,
    key: await test.createKey(admin),
  });
  expect(reply.statusCode).toBe(200);
}

async function newestLink(): Promise<string> {
  const row = await test.platform.db
    .selectFrom('dialtone_outbox')
    .selectAll()
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  const mail = readMessage(row);
  const text = 'text' in mail ? mail.text : '';
  return /\/reset_password\/\w{16}/.exec(text)?.[0] ?? '';
}

const choose = (password: string, password_confirmation = password) =>
  browser.submit({ password, password_confirmation });

it('the link of a mail chooses a password, activates the account, and works once', async () => {
  const link = await mailedLink();
  const page = await browser.get(link);
  expect(page.body).toContain('john@sip.example.com');
  expect((await choose('a new secret')).headers.location).toBe('/login?notice=password_changed');
  expect((await browser.get(link)).statusCode).toBe(410);
  await browser.get('/login');
  const signedIn = await browser.submit({ username: 'john', password: 'a new secret' });
  expect((await browser.follow(signedIn)).body).toContain('>activated<');
});

it('once one link was used, the links of earlier mails are dead too', async () => {
  const earlier = await mailedLink();
  await sendResetLink(await test.createAccount({ username: 'other', admin: true }));
  await browser.get(await newestLink());
  await choose('a new secret');
  expect((await browser.get(earlier)).statusCode).toBe(410);
});

it('a bad password leaves the link as it is', async () => {
  const link = await mailedLink();
  await browser.get(link);
  const short = await choose('short');
  expect(short.headers.location).toBe(`${link}?error=password`);
  expect((await browser.follow(short)).body).toContain('8 characters or more');
  expect((await choose('long enough', 'other')).headers.location).toMatch(
    /error=password_confirmation$/,
  );
  expect((await choose('long enough')).headers.location).toMatch(/^\/login/);
});

it('of many simultaneous uses one wins', async () => {
  await browser.get(await mailedLink());
  const replies = await Promise.all(Array.from({ length: 10 }, (_, n) => choose(`password ${n}`)));
  expect(replies.filter(({ statusCode }) => statusCode === 302)).toHaveLength(1);
  expect(replies.filter(({ statusCode }) => statusCode === 403)).toHaveLength(9);
});

it('unknown, old, foreign and outdated links look alike', async () => {
  const [link, other] = [await mailedLink(), await test.createSpace({ domain: 'b.example.com' })];
  const dead = await browser.get('/reset_password/AAAAAAAAAAAAAAAA');
  expect(dead.statusCode).toBe(410);
  const elsewhere = await openBrowser(test, { host: other.host }).get(link);
  expect(elsewhere.statusCode).toBe(410);
  expect((await browser.get(link)).statusCode).toBe(200);
  await test.platform.db
    .updateTable('accounts')
    .set({ email: 'new@example.org' })
    .where('id', '=', account.id)
    .execute();
  expect((await browser.get(link)).body).toBe(dead.body);
  await test.platform.db
    .updateTable('accounts')
    .set({ email: 'john@example.org' })
    .where('id', '=', account.id)
    .execute();
  await browser.get(link);
  test.clock.advance(1440 * 60_000 + 1000);
  expect((await choose('long enough')).statusCode).toBe(403);
  expect((await browser.get(link)).body).toBe(dead.body);
});

it('needs passwords in the space, and a form of its own', async () => {
  const link = await mailedLink();
  const fields = { token: 'AAAAAAAAAAAAAAAA', password: 'long enough' };
  expect((await browser.post('/reset_password', fields)).statusCode).toBe(419);
  await test.platform.db.deleteFrom('space_digest_authentication_configurations').execute();
  expect((await browser.get(link)).statusCode).toBe(403);
});
