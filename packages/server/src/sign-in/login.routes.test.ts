import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../accounts/account.ts';
import { setPassword } from '../accounts/password/password.service.ts';
import { createSeal } from '../sealing/seal.ts';
import { type Browser, openBrowser } from '../testing/browser.ts';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';

let test: TestApp;
let john: Account;
let browser: Browser;

beforeEach(async () => {
  test = await buildTestApp({ rateLimits: true });
  john = await test.createAccount({ username: 'john', activated: true });
  browser = openBrowser(test);
});
afterEach(() => test.close());

const password = 'secret';

async function login(username = 'john', as = browser) {
  await as.get('/login');
  return as.submit({ username, password });
}

const state = async (as = browser) => (await as.get('/dashboard')).statusCode;

describe('signing in', () => {
  it('leads from the start page to the page of the account', async () => {
    const start = await browser.get('/');
    expect(start.headers.location).toBe('/login');
    const signedIn = await login();
    expect([signedIn.statusCode, signedIn.headers.location]).toEqual([302, '/dashboard']);
    const page = await browser.follow(signedIn);
    expect(page.body).toContain('john@sip.example.com');
    expect((await browser.get('/login')).headers.location).toBe('/dashboard');
  });

  it('goes back with the error key `authentication` when name or password are wrong', async () => {
    for (const fields of [
      { username: 'john', password: 'wrong' },
      { username: 'nobody', password },
      { username: '', password: '' },
    ]) {
      await browser.get('/login');
      const reply = await browser.submit(fields);
      expect(reply.headers.location).toBe('/login?error=authentication');
    }
    const page = await browser.get('/login?error=authentication');
    expect(page.body).toContain('Wrong username or password');
    expect(await state()).toBe(302);
  });

  it('knows phone numbers and passwords under every algorithm', async () => {
    await test.platform.db.updateTable('accounts').set({ phone: '+33612345678' }).execute();
    expect((await login('+33 6 12 34 56 78')).headers.location).toBe('/dashboard');
    await test.platform.db
      .updateTable('space_digest_authentication_configurations')
      .set({ default_password_algorithm: 'MD5' })
      .execute();
    await setPassword(test.platform, john.id, password);
    expect((await login('john', openBrowser(test))).headers.location).toBe('/dashboard');
  });

  it('keeps to the space of its host', async () => {
    const other = await test.createSpace({ domain: 'other.example.com' });
    const elsewhere = openBrowser(test, { host: other.host });
    expect((await login('john', elsewhere)).headers.location).toMatch(/error=authentication/);
    await login();
    for (const [name, value] of browser.cookies) elsewhere.cookies.set(name, value);
    expect(await state(elsewhere)).toBe(302);
  });

  it('slows down guessing, whatever the name', async () => {
    for (const name of ['john', 'nobody']) {
      const guesser = openBrowser(test);
      for (let tries = 0; tries < 30; tries++) {
        await guesser.get('/login');
        await guesser.submit({ username: name, password: 'wrong' });
      }
      test.clock.advance(61_000);
      const page = await login(name, guesser);
      expect(page.statusCode).toBe(429);
      expect(page.headers['content-type']).toContain('text/html');
      test.clock.advance(300_000);
    }
    expect((await login()).headers.location).toBe('/dashboard');
  });

  it('slows down guessing, however the name of an account is spelled', async () => {
    await test.platform.db.updateTable('accounts').set({ phone: '+33612345678' }).execute();
    const guesser = openBrowser(test);
    for (let tries = 0; tries < 30; tries++) {
      await guesser.get('/login');
      const username = `+33 6 12${' '.repeat(tries + 1)}34 56 78`;
      await guesser.submit({ username, password: 'wrong' });
    }
    test.clock.advance(61_000);
    expect((await login('john', guesser)).statusCode).toBe(429);
  });

  it('refuses forms that it did not give to this browser', async () => {
    expect((await browser.post('/authenticate', { username: 'john', password })).statusCode).toBe(
      419,
    );
    const page = await browser.get('/login');
    const _token = /name="_token" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
    const fields = { username: 'john', password, _token };
    expect((await openBrowser(test).post('/authenticate', fields)).statusCode).toBe(419);
    browser.cookies.set('dialtone_browser', 'x');
    expect((await browser.post('/authenticate', fields)).statusCode).toBe(419);
  });

  it('is refused to blocked accounts, and ends when one is blocked', async () => {
    await login();
    await test.platform.db.updateTable('accounts').set({ blocked: 1 }).execute();
    expect(await state()).toBe(403);
    expect((await login('john', openBrowser(test))).statusCode).toBe(403);
  });

  it('shows the introduction of the space, whatever it holds', async () => {
    const text =
      '# Hi\n\n**Welcome** to [us](https://example.org/?a&b)\n\n- <script>alert(1)</script>';
    await test.platform.db.updateTable('spaces').set({ intro_registration_text: text }).execute();
    const page = await browser.get('/login');
    expect(page.body).toContain('<strong>Welcome</strong>');
    expect(page.body).toContain('<a href="https://example.org/?a&amp;b">us</a>');
    expect(page.body).toContain('<li>&lt;script&gt;');
  });
});

describe('a session', () => {
  const cookie = async (): Promise<string> => {
    return String((await login()).headers['set-cookie']);
  };

  it('is a cookie that neither scripts nor other sites have, over TLS only there', async () => {
    expect(await cookie()).toMatch(/^dialtone_session=[\w-]+; Path=\/; HttpOnly; SameSite=Lax$/);
    await test.close();
    test = await buildTestApp({ config: { DIALTONE_TRUSTED_PROXIES: '127.0.0.1' } });
    const page = await test.request({
      url: '/login',
      headers: { accept: 'text/html', 'x-forwarded-proto': 'https' },
    });
    expect(String(page.headers['set-cookie'])).toMatch(/^__Host-.*; Path=\/; .*; Secure$/);
  });

  it('over TLS cannot be given by a neighbour of the host', async () => {
    await test.close();
    test = await buildTestApp({ config: { DIALTONE_TRUSTED_PROXIES: '127.0.0.1' } });
    john = await test.createAccount({ username: 'john', password });
    const always = { 'x-forwarded-proto': 'https' };
    const own = openBrowser(test, { always });
    await login('john', own);
    expect(await state(own)).toBe(200);
    const tossed = openBrowser(test, { always });
    for (const [name, value] of own.cookies) {
      tossed.cookies.set(name.replace('__Host-', ''), value);
    }
    expect(await state(tossed)).toBe(302);
  });

  it('ends when it is idle for too long, lives while it is used, not for ever', async () => {
    await login();
    for (let hour = 0; hour < 10; hour++) {
      test.clock.advance(100 * 60_000);
      expect(await state()).toBe(200);
    }
    test.clock.advance(121 * 60_000);
    expect(await state()).toBe(302);
    await login();
    for (let times = 0; times < 7 * 24; times++) {
      test.clock.advance(3_600_000);
      await state();
    }
    expect(await state()).toBe(302);
  });

  it('ends in every browser when the password changes or the account goes', async () => {
    await login();
    await setPassword(test.platform, john.id, 'another');
    expect(await state()).toBe(302);
    await setPassword(test.platform, john.id, password);
    await login();
    await test.platform.db.deleteFrom('accounts').execute();
    expect(await state()).toBe(302);
  });

  it('cannot be made or changed outside', async () => {
    await login();
    const sealed = browser.cookies.get('dialtone_session') ?? '';
    const forge = createSeal(Buffer.alloc(32));
    const made = forge.seal('session', { accountId: john.id }, Date.now() * 2);
    // The first: of the last character not every bit counts.
    const changed = `${sealed.startsWith('A') ? 'B' : 'A'}${sealed.slice(1)}`;
    for (const value of ['', 'x', made, changed, sealed.slice(0, 40)]) {
      browser.cookies.set('dialtone_session', value);
      expect(await state()).toBe(302);
    }
  });

  it('ends by signing out', async () => {
    await login();
    await browser.get('/logout');
    const out = await browser.submit();
    expect(out.headers.location).toBe('/login?notice=signed_out');
    expect(browser.cookies.has('dialtone_session')).toBe(false);
    expect((await browser.follow(out)).body).toContain('You are signed out');
    await login();
    test.clock.advance(120_000);
    const page = await browser.get('/dashboard');
    expect(String(page.headers['set-cookie'])).toContain('dialtone_session=');
    await browser.get('/logout');
    await browser.submit();
    expect(await state()).toBe(302);
  });

  it('gives nothing on the API', async () => {
    await login();
    const value = browser.cookies.get('dialtone_session') ?? '';
    const headers = { cookie: `dialtone_session=${value}` };
    expect((await test.request({ url: '/api/accounts/me', headers })).statusCode).toBe(401);
  });
});

describe('the page of the account', () => {
  it('sets up a phone by a QR code', async () => {
    await login();
    await browser.get('/dashboard');
    const _token = /name="_token" value="([^"]+)"/.exec(
      (await browser.get('/dashboard')).body,
    )?.[1];
    const page = await browser.post('/dashboard/provisioning', { _token: _token ?? '' });
    expect(page.body).toContain('<svg');
    const row = await test.platform.db
      .selectFrom('provisioning_tokens')
      .select('token')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    const phone = await test.request({
      url: `/provisioning/${row.token}`,
      headers: { 'x-linphone-provisioning': '1' },
    });
    expect(phone.statusCode).toBe(200);
    expect((await browser.post('/dashboard/provisioning', {})).statusCode).toBe(419);
  });

  it('changes the password, which must be known, and signs out', async () => {
    await login();
    const change = async (current_password: string, next: string, again = next) => {
      await browser.get('/password');
      const fields = { current_password, password: next, password_confirmation: again };
      return (await browser.submit(fields)).headers.location;
    };
    expect(await change('secret', 'short')).toBe('/password?error=password');
    expect(await change('secret', 'long enough', 'long enouhg')).toBe(
      '/password?error=password_confirmation',
    );
    expect(await change('wrong', 'long enough')).toBe('/password?error=current_password');
    expect(await change('secret', ' long enough ')).toBe('/login?notice=password_changed');
    expect(await state()).toBe(302);
    await browser.get('/login');
    const reply = await browser.submit({ username: 'john', password: ' long enough ' });
    expect(reply.headers.location).toBe('/dashboard');
  });

  it('has no password page where the space has no passwords', async () => {
    await login();
    await test.platform.db.deleteFrom('space_digest_authentication_configurations').execute();
    expect((await browser.get('/password')).statusCode).toBe(403);
  });

  it('is closed with the web panel and to programs', async () => {
    await login();
    const program = await test.request({ url: '/dashboard' });
    expect(program.headers.location).toBe('/about');
    await test.platform.db.updateTable('spaces').set({ web_panel: 0 }).execute();
    for (const url of ['/login', '/dashboard', '/password', '/logout', '/recovery/email']) {
      expect((await browser.get(url)).headers.location).toBe('/about');
    }
    const about = await browser.get('/about');
    expect(about.body).toContain('Dialtone');
  });
});
