import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';
import { storeProvider } from './testing/oidc-space.ts';

let test: TestApp;
beforeEach(async () => {
  test = await buildTestApp({ config: { DIALTONE_TRUSTED_PROXIES: '127.0.0.1' } });
  await test.createAccount({ username: 'alice' });
});
afterEach(() => test.close());

async function allowCertificates(): Promise<void> {
  await test.platform.db
    .updateTable('spaces')
    .set({ client_certificate_authentication: 1 })
    .execute();
}

function request(subject: string | undefined, url = '/provisioning/me', proxied = true) {
  return test.request({
    url,
    headers: {
      'x-linphone-provisioning': '1',
      'x-ssl-client-cert': '-----BEGIN CERTIFICATE-----',
      ...(subject === undefined ? {} : { 'x-ssl-client-s-dn': subject }),
      ...(proxied ? { 'x-forwarded-for': '192.0.2.1' } : {}),
    },
    ...(proxied ? {} : { remoteAddress: '192.0.2.1' }),
  });
}

const alice = 'CN=sip:alice@sip.example.com';

it('C1: nothing at all is 401', async () => {
  const response = await test.request({
    url: '/provisioning/me',
    headers: { 'x-linphone-provisioning': '1' },
  });
  expect(response.statusCode).toBe(401);
});

it('C2: a certificate is 403 while the space does not take them', async () => {
  expect((await request(alice)).statusCode).toBe(403);
});

it('C3: a certificate without subject is 403', async () => {
  await allowCertificates();
  expect((await request(undefined)).statusCode).toBe(403);
  expect((await request('O=x,CN=sip:alice@sip.example.com')).statusCode).toBe(403);
  expect((await request('CN=alice')).statusCode).toBe(403);
  for (const more of [',O=x', '+O=x', '\\,O=x', '\\2CO=x', '\\']) {
    expect((await request(`${alice}${more}`)).statusCode).toBe(403);
  }
});

it('C4: the SIP URI of an account logs it in', async () => {
  await allowCertificates();
  const response = await request(alice);
  expect(response.statusCode).toBe(200);
  expect(response.body).toContain('alice');
});

it.each(['\\+33612345678', '\\2B33612345678', '+33612345678'])(
  'C4: the subject may be written CN=sip:%s@…',
  async (user) => {
    await allowCertificates();
    await test.createAccount({ username: '+33612345678', allowPhoneNumberUsername: true });
    const response = await request(`CN=sip:${user}@sip.example.com`);
    expect(response.statusCode).toBe(200);
    expect(response.body).toContain('+33612345678');
  },
);

it('C4, defect 23: logs in without a token in a space with an OpenID Connect provider too', async () => {
  await allowCertificates();
  await storeProvider(test, { publicKey: null });
  const response = await request(alice);
  expect(response.statusCode).toBe(200);
  expect(response.body).toContain('alice');
});

it('C5: a certificate gives nothing outside of provisioning', async () => {
  await allowCertificates();
  expect((await request(alice, '/api/accounts/me')).statusCode).toBe(401);
});

it('C6: the subject of an unknown account is 403', async () => {
  await allowCertificates();
  expect((await request('CN=sip:bob@sip.example.com')).statusCode).toBe(403);
});

it('is not believed when it does not come through a trusted proxy', async () => {
  await allowCertificates();
  expect((await request(alice, '/provisioning/me', false)).statusCode).toBe(401);
});
