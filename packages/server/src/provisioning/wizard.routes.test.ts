import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../accounts/account.ts';
import { sendProvisioningMail } from '../accounts/mails/send-provisioning-mail.ts';
import { readMessage } from '../messaging/outbox.ts';
import { type Browser, openBrowser } from '../testing/browser.ts';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';

let test: TestApp;
let john: Account;
let browser: Browser;
beforeEach(async () => {
  test = await buildTestApp({
    rateLimits: true,
    config: { APP_PROVISIONING_TOKEN_EXPIRATION_MINUTES: '60' },
  });
  john = await test.createAccount({ username: 'john', email: 'john@example.org' });
  browser = openBrowser(test);
});
afterEach(() => test.close());

/** The path of the link in a mail. */
async function mailedLink(): Promise<string> {
  const { platform, space } = test;
  await sendProvisioningMail(
    platform,
    {
      space,
      locale: 'en',
      origin: `https://${space.host}`,
      host: space.host,
      ip: '192.0.2.1',
      userAgent: undefined,
    },
    john,
  );
  const row = await platform.db
    .selectFrom('dialtone_outbox')
    .selectAll()
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();
  const mail = readMessage(row);
  const text = mail.kind === 'email' ? mail.text : '';
  return /https:\/\/sip\.example\.com(\/wizard\/\w{8})\n/.exec(text)?.[1] ?? '';
}

const urlOf = (body: string): string => /linphone-config:([^"]+)"/.exec(body)?.[1] ?? '';

describe('the link of a provisioning mail', () => {
  it('leads to a phone that is set up, by a button', async () => {
    const link = await mailedLink();
    for (let scans = 0; scans < 3; scans++) {
      const page = await browser.get(link);
      expect([page.statusCode, urlOf(page.body)]).toEqual([200, '']);
      expect(page.body).toContain('john@sip.example.com');
    }
    const page = await browser.submit();
    expect(page.body).toContain('<svg');
    const phone = await test.request({
      url: new URL(urlOf(page.body)).pathname,
      headers: { 'x-linphone-provisioning': '1' },
    });
    expect(phone.statusCode).toBe(200);
    expect(phone.body).toContain('sip:john@sip.example.com');
  });

  it('works once, however many press the button', async () => {
    const link = await mailedLink();
    const pages = await Promise.all([1, 2, 3, 4].map(() => browser.post(link, {})));
    const statuses = pages.map(({ statusCode }) => statusCode);
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 410, 410, 410]);
    expect((await browser.get(link)).statusCode).toBe(410);
  });

  it('dies with time, in other spaces it never lived, and it cannot be guessed', async () => {
    const link = await mailedLink();
    const other = await test.createSpace({ domain: 'other.example.com' });
    expect((await openBrowser(test, { host: other.host }).get(link)).statusCode).toBe(410);
    expect((await browser.get(link.toLowerCase())).statusCode).toBe(410);
    test.clock.advance(61 * 60_000);
    expect((await browser.get(link)).statusCode).toBe(410);
    const guesses = [];
    for (let n = 0; n < 30; n++) guesses.push((await browser.get(`/wizard/${n}`)).statusCode);
    expect(guesses).toContain(429);
  });

  it('sets up nothing when its account is gone', async () => {
    const link = await mailedLink();
    await test.platform.db.deleteFrom('accounts').where('id', '=', john.id).execute();
    expect((await browser.get(link)).statusCode).toBe(410);
  });
});
