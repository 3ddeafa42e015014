import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Account } from '../../accounts/account.ts';
import { buildTestApp, type TestApp } from '../../testing/build-test-app.ts';
import { createProvisioningToken } from '../../tokens/provisioning-token.ts';

let test: TestApp;
let ann: Account;

beforeEach(async () => {
  test = await buildTestApp({ config: { APP_PROVISIONING_TOKEN_EXPIRATION_MINUTES: '10' } });
  ann = await test.createAccount({ username: 'ann' });
});

afterEach(() => test.close());

const newToken = async (): Promise<string> =>
  (await createProvisioningToken(test.platform, ann.id)).token;

const readBack = (png: Buffer): string =>
  execFileSync('zbarimg', ['--raw', '-q', '-'], {
    input: png,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  }).trim();

it('P12: a QR code of the URL with reset_password, repeated in X-Qrcode-URL', async () => {
  const token = await newToken();
  const reply = await test.request({ url: `/provisioning/qrcode/${token}?reset_password` });
  const url = `http://sip.example.com/provisioning/${token}?reset_password=1`;
  expect(reply.statusCode).toBe(200);
  expect(reply.headers).toMatchObject({ 'content-type': 'image/png', 'x-qrcode-url': url });
  expect(readBack(reply.rawPayload)).toBe(url);
});

it('is 300 pixels at level high, or what is asked for', async () => {
  const url = `/provisioning/qrcode/${await newToken()}`;
  const { rawPayload } = await test.request({ url });
  expect(rawPayload.readUInt32BE(16)).toBe(300);
  const other = await test.request({ url: `${url}?size=512&level=low` });
  expect(other.rawPayload.readUInt32BE(16)).toBe(512);
  expect(readBack(other.rawPayload)).toBe(other.headers['x-qrcode-url']);
  const svg = await test.request({ url: `${url}?format=svg` });
  expect(svg.headers['content-type']).toBe('image/svg+xml');
  expect(svg.body).toMatch(/^<svg [^>]*width="300"/);
});

it.each(['size=1', 'size=99999', 'size=big', 'level=extreme', 'format=gif'])(
  'refuses %s',
  async (query) => {
    const url = `/provisioning/qrcode/${await newToken()}?${query}`;
    expect((await test.request({ url })).statusCode).toBe(422);
  },
);

it('X5: shows tokens that are too old or replaced', async () => {
  const older = await newToken();
  const newer = await newToken();
  test.clock.advance(11 * 60_000);
  for (const token of [older, newer]) {
    expect((await test.request({ url: `/provisioning/qrcode/${token}` })).statusCode).toBe(200);
  }
});

it('is 404 for unknown and spent tokens', async () => {
  expect((await test.request({ url: '/provisioning/qrcode/1234' })).statusCode).toBe(404);
  const token = await newToken();
  const headers = { 'x-linphone-provisioning': '1' };
  await test.request({ url: `/provisioning/${token}`, headers });
  expect((await test.request({ url: `/provisioning/qrcode/${token}` })).statusCode).toBe(404);
});

it('names the host and the port that were asked', async () => {
  const second = await test.createSpace({ domain: 'second_sip.example.com' });
  const token = await newToken();
  const reply = await test.request({
    url: `/provisioning/qrcode/${token}`,
    headers: { host: `${second.host}:8443` },
  });
  expect(reply.headers['x-qrcode-url']).toBe(
    `http://second_sip.example.com:8443/provisioning/${token}`,
  );
});
