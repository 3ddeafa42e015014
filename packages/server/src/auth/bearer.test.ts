import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';
import { sendBearer, signToken, storeProvider, type TokenOptions } from './testing/oidc-space.ts';

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 });
const provider = 'authz_server="https://sso.example.com/realms/r",realm="r"';

let test: TestApp;
beforeEach(async () => {
  test = await buildTestApp();
  await test.createAccount({ username: 'alice', email: 'alice@mail.example' });
});
afterEach(() => test.close());

const configure = (sipIdentifier = ''): Promise<void> =>
  storeProvider(test, { publicKey: keys.publicKey, sipIdentifier });

const token = (
  claims: Record<string, unknown>,
  options: Partial<TokenOptions> = {},
): Promise<string> => signToken(test, claims, { key: keys.privateKey, ...options });

const send = (bearer: string | undefined, url?: string, headers?: Record<string, string>) =>
  sendBearer(test, bearer, url, headers);

describe('a space with an OpenID Connect provider', () => {
  it('J1: still asks for the provisioning header', async () => {
    await configure();
    expect((await test.request({ url: '/provisioning' })).statusCode).toBe(400);
  });

  it('J2: an RS256 token with the email of an account logs it in', async () => {
    await configure();
    const response = await send(await token({ email: 'alice@mail.example' }));
    expect(response.statusCode).toBe(200);
    expect(response.body).toContain('ha1');
  });

  it('does not log in by an email that the provider says is not verified', async () => {
    await configure();
    const claims = { email: 'alice@mail.example', email_verified: false };
    expect((await send(await token(claims))).statusCode).toBe(403);
  });

  it('J3: a token with the SIP URI in sip_identity logs the account in', async () => {
    await configure();
    const response = await send(await token({ sip_identity: 'sip:alice@sip.example.com' }));
    expect(response.statusCode).toBe(200);
  });

  it('J4: the claim may have another name', async () => {
    await configure('sip_address');
    const response = await send(await token({ sip_address: 'sip:alice@sip.example.com' }));
    expect(response.statusCode).toBe(200);
  });

  it('J5: RS512 is accepted', async () => {
    await configure();
    const bearer = await token({ email: 'alice@mail.example' }, { alg: 'RS512' });
    expect((await send(bearer)).statusCode).toBe(200);
  });

  it('J6: an expired token is 401 invalid_token', async () => {
    await configure();
    const bearer = await token({ email: 'alice@mail.example' }, { expiresInSeconds: -1 });
    const response = await send(bearer);
    expect(response.statusCode).toBe(401);
    expect(response.body).toBe('');
    expect(response.headers['www-authenticate']).toContain('invalid_token');
    expect(response.headers['www-authenticate']).toContain(`${provider}, `);
  });

  it('J7: an unknown email is 403', async () => {
    await configure();
    expect((await send(await token({ email: 'bob@mail.example' }))).statusCode).toBe(403);
  });

  it('J8: a foreign signature is 401', async () => {
    await configure();
    const bearer = await token({ email: 'alice@mail.example' }, { key: foreign.privateKey });
    expect((await send(bearer)).statusCode).toBe(401);
  });

  it('J9: no token is 401 with the provider, whatever else is sent', async () => {
    await configure();
    const key = await test.createKey({ id: 1 });
    for (const headers of [{}, { 'x-api-key': key }]) {
      const response = await send(undefined, '/api/accounts/me', headers);
      expect(response.statusCode).toBe(401);
      expect(response.headers['www-authenticate']).toBe(`Bearer ${provider}`);
    }
  });

  it('J10: a From of an unknown account is 401 too, not 404', async () => {
    await configure();
    const from = 'sip:bob@sip.example.com';
    expect((await send(undefined, '/api/accounts/me', { from })).statusCode).toBe(401);
  });

  it('J11: a token that is none is 401 with the provider', async () => {
    await configure();
    const response = await send('1234', '/api/accounts/me');
    expect(response.statusCode).toBe(401);
    expect(response.headers['www-authenticate']).toContain(provider);
  });

  it('does not vouch for accounts of other spaces', async () => {
    await configure();
    const second = await test.createSpace({ domain: 'second.example.com' });
    await test.createAccount({ username: 'root', email: 'root@mail.example' }, second);
    expect((await send(await token({ email: 'root@mail.example' }))).statusCode).toBe(403);
    const identity = { sip_identity: 'sip:root@second.example.com' };
    expect((await send(await token(identity))).statusCode).toBe(403);
  });
});

it('without a provider, bearer tokens are ignored', async () => {
  const key = await test.createKey({ id: 1 });
  const response = await send('1234', '/api/accounts/me', { 'x-api-key': key });
  expect(response.statusCode).toBe(200);
});
