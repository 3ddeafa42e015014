import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sendBearer, signToken } from '../auth/testing/oidc-space.ts';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';
import { describeEachEngine } from '../testing/each-engine.ts';
import { removeOidc, setOidc } from './set-oidc.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const provider = {
  serverUrl: 'https://sso.example.com',
  realm: 'r',
  publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
};

describeEachEngine('the OpenID Connect provider of a space', (open) => {
  let test: TestApp;
  beforeAll(async () => {
    test = await buildTestApp({ database: await open() });
  });
  afterAll(() => test.close());

  const set = (change: Parameters<typeof setOidc>[2]) =>
    setOidc(test.platform, test.space.domain, change);
  const me = async (headers: Readonly<Record<string, string>>) =>
    (await test.request({ url: '/api/accounts/me', headers })).statusCode;

  it('is asked for all it needs before anything is stored', async () => {
    await expect(set({ realm: 'r' })).rejects.toMatchObject({
      fields: { server_url: 'validation.required' },
    });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    for (const key of ['no key', pem]) {
      await expect(set({ ...provider, publicKey: key })).rejects.toMatchObject({
        fields: { public_key: 'validation.invalid' },
      });
    }
    await expect(
      set({ ...provider, serverUrl: 'javascript:1', autoProvisioning: true }),
    ).rejects.toMatchObject({
      fields: { server_url: 'validation.url', role_provisioning: 'validation.required' },
    });
    await expect(
      set({ ...provider, autoProvisioning: true, roleProvisioning: '' }),
    ).rejects.toMatchObject({ fields: { role_provisioning: 'validation.required' } });
    expect(await removeOidc(test.platform, test.space.domain)).toBe(false);
  });

  it('has its tokens taken instead of keys, until it is removed', async () => {
    const account = await test.createAccount({ username: 'john', email: 'john@example.com' });
    const key = { 'x-api-key': await test.createKey(account) };
    expect(await me(key)).toBe(200);
    for (let again = 0; again < 2; again++) {
      expect(await set(provider)).toMatchObject({ serverUrl: 'https://sso.example.com/' });
    }
    const challenge = await test.request({ url: '/api/accounts/me', headers: key });
    expect(challenge.headers['www-authenticate']).toBe(
      'Bearer authz_server="https://sso.example.com/realms/r",realm="r"',
    );
    const token = await signToken(test, { email: 'john@example.com' }, { key: privateKey });
    expect((await sendBearer(test, token)).statusCode).toBe(200);
    expect(await set({ clientId: 'phones' })).toMatchObject({
      ...provider,
      clientId: 'phones',
      serverUrl: 'https://sso.example.com/',
    });
    expect(await removeOidc(test.platform, test.space.domain)).toBe(true);
    expect(await me(key)).toBe(200);
  });
});
