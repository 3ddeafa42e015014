import { createServer } from 'node:http';
import { once } from 'node:events';
import { text as readText } from 'node:stream/consumers';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { type Browser, openBrowser } from '../testing/browser.ts';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';
import { isSolved, PUZZLES, puzzlePrefix } from './puzzle.ts';
import { createShortHash, findSolution } from './solver.ts';
import { solverScript } from './solver-script.ts';

let test: TestApp;
afterEach(() => test?.close());

const bits = 4;
const start = async (options: Parameters<typeof buildTestApp>[0] = {}): Promise<void> => {
  test = await buildTestApp({
    ...options,
    config: { DIALTONE_CAPTCHA_BITS: String(bits), ...options.config },
  });
};

async function requestToken(): Promise<string> {
  const reply = await test.request({ method: 'POST', url: '/api/account_creation_request_tokens' });
  return reply.json().token;
}

const exchange = (token: string) =>
  test.request({
    method: 'POST',
    url: '/api/account_creation_tokens/using-account-creation-request-token',
    body: { account_creation_request_token: token },
  });

/** What the script of the page does. */
function solve(html: string): string {
  const salt = /data-salt="(\w+)"/.exec(html)?.[1] ?? '';
  const shortHash = createShortHash();
  return Array.from({ length: PUZZLES }, (_, index) =>
    findSolution(shortHash, puzzlePrefix(salt, index), bits, 0, 100_000),
  ).join(',');
}

const check = (token: string) => `/creation_token/check/${token}`;

describe('the page that validates a creation request token', () => {
  it('T11: leads from the request token to an account', async () => {
    await start();
    const token = await requestToken();
    expect((await exchange(token)).statusCode).toBe(404);
    const browser = openBrowser(test);
    const page = await browser.get(check(token));
    expect(page.statusCode).toBe(200);
    const done = await browser.submit({ captcha_solution: solve(page.body) });
    expect(done.statusCode).toBe(200);
    expect(done.body).toContain('Go back to the app');
    const { token: account_creation_token } = (await exchange(token)).json();
    const account = await test.request({
      method: 'POST',
      url: '/api/accounts/with-account-creation-token',
      body: { username: 'john', password: 'secret', algorithm: 'SHA-256', account_creation_token },
    });
    expect(account.statusCode).toBe(200);
    expect((await browser.get(check(token))).statusCode).toBe(302);
  });

  it('works without cookies and in French', async () => {
    await start();
    const token = await requestToken();
    const browser = openBrowser(test);
    const page = await browser.get(check(token), { 'accept-language': 'fr' });
    expect(page.body).toContain('Créer un compte');
    expect(page.headers['set-cookie']).toBeUndefined();
    browser.cookies.clear();
    const done = await browser.submit({ captcha_solution: solve(page.body) });
    expect(done.statusCode).toBe(200);
  });

  it('can be opened again until the token is used', async () => {
    await start();
    const token = await requestToken();
    const browser = openBrowser(test);
    const page = await browser.get(check(token));
    await browser.submit({ captcha_solution: solve(page.body) });
    expect((await browser.get(check(token))).statusCode).toBe(200);
  });

  it('refuses wrong, borrowed, repeated and missing proofs', async () => {
    await start({ rateLimits: true });
    const [token, other] = [await requestToken(), await requestToken()];
    const browser = openBrowser(test);
    const page = await browser.get(check(token));
    const challenge = /name="captcha_challenge" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
    const refused = async (fields: Record<string, string>): Promise<void> => {
      const reply = await browser.submit(fields);
      expect(reply.statusCode).toBe(302);
      expect(reply.headers.location).toMatch(/\?error=captcha$/);
    };
    await refused({});
    await refused({ captcha_solution: Array(PUZZLES).fill('x').join(',') });
    await refused({ captcha_solution: '1,2,3' });
    await refused({ captcha_challenge: 'forged', captcha_solution: solve(page.body) });
    expect((await exchange(token)).statusCode).toBe(404);
    const accepted = await browser.submit({ captcha_solution: solve(page.body) });
    expect(accepted.statusCode).toBe(200);
    await browser.get(check(token));
    await refused({ captcha_challenge: challenge, captcha_solution: solve(page.body) });
    await browser.get(check(other));
    await refused({ captcha_challenge: challenge, captcha_solution: solve(page.body) });
    const told = await browser.get(`${check(other)}?error=captcha`);
    expect(told.body).toContain('tell you from a robot');
  });

  it('lets browsers without scripts wait instead, a few from one address', async () => {
    await start({ rateLimits: true });
    const waitAndSend = async (browser: Browser, ms: number): Promise<number> => {
      await browser.get(check(await requestToken()));
      test.clock.advance(ms);
      return (await browser.submit()).statusCode;
    };
    const browser = openBrowser(test);
    expect(await waitAndSend(browser, 29_000)).toBe(302);
    for (let times = 0; times < 5; times++) expect(await waitAndSend(browser, 30_000)).toBe(200);
    expect(await waitAndSend(browser, 30_000)).toBe(302);
  });

  it('answers 419 to forms that it did not make, and leaves unknown tokens', async () => {
    await start();
    const browser = openBrowser(test);
    const fields = { account_creation_request_token: await requestToken() };
    expect((await browser.post('/creation_token/validate', fields)).statusCode).toBe(419);
    const forged = { ...fields, _token: 'A'.repeat(32) };
    expect((await browser.post('/creation_token/validate', forged)).statusCode).toBe(419);
    for (const token of ['AAAAAAAAAAAAA', 'short', '%22%3E']) {
      const reply = await browser.get(check(token));
      expect([reply.statusCode, reply.headers.location]).toEqual([
        302,
        '/login?error=creation_token',
      ]);
    }
  });

  it('is closed with the web panel and to programs', async () => {
    await start();
    const token = await requestToken();
    const program = await test.request({ url: check(token) });
    expect([program.statusCode, program.headers.location]).toEqual([302, '/about']);
    await test.platform.db.updateTable('spaces').set({ web_panel: 0 }).execute();
    const reply = await openBrowser(test).get(check(token));
    expect([reply.statusCode, reply.headers.location]).toEqual([302, '/about']);
    expect((await openBrowser(test).get('/about')).statusCode).toBe(200);
  });

  it('runs no scripts but its own', async () => {
    await start();
    const page = await openBrowser(test).get(check(await requestToken()));
    const policy = String(page.headers['content-security-policy']);
    const hash = createHash('sha256').update(solverScript).digest('base64');
    expect(policy).toContain(`script-src 'sha256-${hash}'`);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(page.body).toContain(`<script>${solverScript}</script>`);
  });
});

describe('hCaptcha', () => {
  it('replaces our own when it is configured, and its server decides', async () => {
    const asked: URLSearchParams[] = [];
    let verdict: string = '{"success":true}';
    const server = createServer((request, response) => {
      const answer = (body: string) => {
        asked.push(new URLSearchParams(body));
        return response.end(verdict);
      };
      void readText(request).then(answer);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    await start({
      config: {
        HCAPTCHA_SECRET: 'the secret',
        HCAPTCHA_SITEKEY: 'the-site',
        DIALTONE_HCAPTCHA_VERIFY_URL: `http://127.0.0.1:${port}/siteverify`,
      },
    });
    const token = await requestToken();
    const browser = openBrowser(test);
    const page = await browser.get(check(token));
    expect(page.body).toContain('data-sitekey="the-site"');
    expect(page.body).not.toContain('the secret');
    expect(page.headers['content-security-policy']).toContain('https://js.hcaptcha.com');
    const send = async (response: string) => {
      const form = { _token: /name="_token" value="([^"]+)"/.exec(page.body)?.[1] ?? '' };
      return browser.post('/creation_token/validate', {
        ...form,
        account_creation_request_token: token,
        ...(response === '' ? {} : { 'h-captcha-response': response }),
      });
    };
    expect((await send('')).statusCode).toBe(302);
    expect(asked).toHaveLength(0);
    verdict = '{"success":false}';
    expect((await send('robot')).statusCode).toBe(302);
    verdict = 'not JSON';
    expect((await send('robot')).statusCode).toBe(302);
    verdict = '{"success":true}';
    expect((await send('human')).statusCode).toBe(200);
    expect(Object.fromEntries(asked[2] ?? [])).toMatchObject({
      secret: 'the secret',
      sitekey: 'the-site',
      response: 'human',
    });
    server.close();
  });
});

describe('the solver of the page', () => {
  it('computes SHA-256 as node:crypto does', () => {
    const shortHash = createShortHash();
    const ascii = fc.string({ unit: 'grapheme-ascii', maxLength: 55 });
    fc.assert(
      fc.property(ascii, (text) => {
        expect(shortHash(text)).toBe(createHash('sha256').update(text).digest().readUInt32BE(0));
      }),
    );
  });

  it('finds what the server accepts', () => {
    const solutions = solve('data-salt="abcdefghijklmnop"');
    expect(isSolved('abcdefghijklmnop', bits, solutions)).toBe(true);
    expect(isSolved('abcdefghijklmnoq', bits + 8, solutions)).toBe(false);
  });

  it('runs in a browser: it fills the field and frees the button', async () => {
    const field = { dataset: { salt: 'salt', bits: '3', puzzles: '4' }, value: '', form: {} };
    const button = { disabled: false };
    const progress = { value: 0 };
    const working = { hidden: true, querySelector: () => progress };
    const form = { querySelector: (what: string) => (what === 'button' ? button : working) };
    field.form = form;
    // oxlint-disable-next-line typescript/no-implied-eval -- the text is what a browser runs
    const run = new Function('document', 'performance', 'setTimeout', solverScript);
    run({ querySelector: () => field }, { now: () => 0 }, () => {});
    expect(field.value).toMatch(/^\d+,\d+,\d+,\d+$/);
    expect([button.disabled, working.hidden, progress.value]).toEqual([false, true, 4]);
  });
});
