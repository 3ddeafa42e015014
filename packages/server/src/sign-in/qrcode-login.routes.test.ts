import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Browser, openBrowser } from '../testing/browser.ts';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';

let test: TestApp;
let phone: Browser;
let computer: Browser;

beforeEach(async () => {
  test = await buildTestApp();
  await test.createAccount({ username: 'john' });
  phone = openBrowser(test);
  computer = openBrowser(test);
  await phone.get('/login');
  await phone.submit({ username: 'john', password: 'secret' });
});
afterEach(() => test.close());

/** The waiting page of the computer, and its token. */
async function wait(): Promise<string> {
  const page = await computer.follow(await computer.get('/authenticate/qrcode'));
  expect(page.body).toContain('http-equiv="refresh" content="5"');
  return /\/auth_tokens\/qrcode\/(\w{32})/.exec(page.body)?.[1] ?? '';
}

it('a phone signs in the computer that shows it a code', async () => {
  const token = await wait();
  const image = await computer.get(`/auth_tokens/qrcode/${token}`);
  expect(image.headers['content-type']).toBe('image/png');
  const asked = await phone.get(`/auth_tokens/auth/external/${token}`);
  expect(asked.body).toContain('john@sip.example.com');
  expect((await computer.get(`/authenticate/qrcode/${token}`)).statusCode).toBe(200);
  expect((await phone.submit()).body).toContain('signed in');
  const onlooker = openBrowser(test);
  const stolen = await onlooker.get(`/authenticate/qrcode/${token}`);
  expect(stolen.headers.location).toBe('/authenticate/qrcode');
  const signedIn = await computer.get(`/authenticate/qrcode/${token}`);
  expect(signedIn.headers.location).toBe('/dashboard');
  expect((await computer.follow(signedIn)).body).toContain('john@sip.example.com');
  expect((await computer.get(`/auth_tokens/qrcode/${token}`)).statusCode).toBe(404);
});

it('only a signed-in browser attaches a token, once, for five minutes', async () => {
  const token = await wait();
  const stranger = await computer.get(`/auth_tokens/auth/external/${token}`);
  expect(stranger.headers.location).toBe('/login');
  await phone.get(`/auth_tokens/auth/external/${token}`);
  expect((await phone.submit()).statusCode).toBe(200);
  await phone.get(`/auth_tokens/auth/external/${token}`);
  expect((await phone.submit()).statusCode).toBe(404);
  test.clock.advance(301_000);
  const late = await computer.get(`/authenticate/qrcode/${token}`);
  expect(late.headers.location).toBe('/authenticate/qrcode');
});

it('a signed-in browser shows a code that signs another one in, once', async () => {
  const dashboard = await phone.get('/dashboard');
  const _token = /name="_token" value="([^"]+)"/.exec(dashboard.body)?.[1] ?? '';
  const page = await phone.post('/auth_tokens', { _token });
  const token = /\/auth_tokens\/qrcode\/(\w{32})/.exec(page.body)?.[1] ?? '';
  await computer.get(`/auth_tokens/auth/${token}`);
  const signedIn = await computer.submit();
  expect(signedIn.headers.location).toBe('/dashboard');
  expect((await computer.follow(signedIn)).body).toContain('john@sip.example.com');
  const another = openBrowser(test);
  await another.get(`/auth_tokens/auth/${token}`);
  expect((await another.submit()).statusCode).toBe(404);
});
