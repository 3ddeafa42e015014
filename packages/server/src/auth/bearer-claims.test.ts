import { createSecretKey, generateKeyPairSync } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { Environment } from '../config/env.ts';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';
import { sendBearer, signToken, storeProvider, type TokenOptions } from './testing/oidc-space.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const curves = [
  ['ES256', 'P-256'],
  ['ES384', 'P-384'],
  ['ES512', 'P-521'],
] as const;
/** What every refusal of a token begins with. */
const invalidToken =
  'Bearer authz_server="https://sso.example.com/realms/r",realm="r", error="invalid_token", error_description=';

let test: TestApp;
afterEach(() => test.close());

async function start(config: Environment = {}, clientId: string | null = 'dialtone') {
  test = await buildTestApp({ config });
  await test.createAccount({ username: 'alice', email: 'alice@mail.example' });
  await storeProvider(test, { publicKey: rsa.publicKey, clientId });
}

/** Status, and what the challenge says about the token. */
async function answer(
  claims: Record<string, unknown>,
  options: Partial<TokenOptions> = {},
): Promise<string> {
  const token = await signToken(
    test,
    { email: 'alice@mail.example', ...claims },
    { key: rsa.privateKey, ...options },
  );
  const { statusCode, headers } = await sendBearer(test, token);
  const [, reason = ''] = String(headers['www-authenticate'] ?? '').split(invalidToken);
  return `${statusCode} ${reason.replaceAll('"', '')}`.trim();
}

const wrongAudience = '401 The token is for another audience';
const wrongIssuer = '401 The token is of another issuer';

describe('the audience of a bearer token', () => {
  it('defect 22: does not matter unless the settings say so', async () => {
    await start();
    expect(await answer({})).toBe('200');
    expect(await answer({ aud: 'elsewhere', iss: 'https://elsewhere.example' })).toBe('200');
  });

  it('defect 22: must be the client of the space, or another one that is named', async () => {
    await start({ DIALTONE_BEARER_AUDIENCES: '{client_id}, account' });
    expect(await answer({ aud: 'dialtone' })).toBe('200');
    expect(await answer({ aud: ['other', 'account'] })).toBe('200');
    expect(await answer({ aud: 'other' })).toBe(wrongAudience);
    expect(await answer({ aud: [] })).toBe(wrongAudience);
    expect(await answer({})).toBe(wrongAudience);
  });

  it('is never right in a space without client', async () => {
    await start({ DIALTONE_BEARER_AUDIENCES: '{client_id}' }, null);
    for (const aud of ['', 'dialtone', '{client_id}']) {
      expect(await answer({ aud })).toBe(wrongAudience);
    }
  });
});

describe('the issuer of a bearer token', () => {
  it('defect 22: must be the provider of the space', async () => {
    await start({ DIALTONE_BEARER_ISSUERS: '{provider}' });
    expect(await answer({ iss: 'https://sso.example.com/realms/r' })).toBe('200');
    expect(await answer({ iss: 'https://sso.example.com/realms/other' })).toBe(wrongIssuer);
    expect(await answer({})).toBe(wrongIssuer);
  });

  it('may be another one that is named', async () => {
    await start({ DIALTONE_BEARER_ISSUERS: '{provider} https://inside.example' });
    expect(await answer({ iss: 'https://inside.example' })).toBe('200');
    expect(await answer({ iss: 'https://outside.example' })).toBe(wrongIssuer);
  });
});

describe('the time of a bearer token', () => {
  const nbf = (seconds: number) => Math.floor(test.clock.now() / 1000) + seconds;

  it('defect 22: must have come', async () => {
    await start();
    expect(await answer({ nbf: nbf(0) })).toBe('200');
    expect(await answer({ nbf: nbf(1) })).toBe('401 The token is not valid yet');
  });

  it('may differ by what the settings allow', async () => {
    await start({ DIALTONE_BEARER_TOLERANCE_SECONDS: '30' });
    expect(await answer({ nbf: nbf(29) })).toBe('200');
    expect(await answer({ nbf: nbf(31) })).toBe('401 The token is not valid yet');
    expect(await answer({}, { expiresInSeconds: -29 })).toBe('200');
    expect(await answer({}, { expiresInSeconds: -31 })).toBe('401 The token has expired');
  });
});

describe('the key of a bearer token', () => {
  it.each(curves)('may be an elliptic one (%s, %s)', async (alg, namedCurve) => {
    await start();
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve });
    await test.platform.db
      .updateTable('space_oidc_authentication_configurations')
      .set({ public_key: publicKey.export({ type: 'spki', format: 'pem' }).toString() })
      .execute();
    expect(await answer({}, { key: privateKey, alg })).toBe('200');
    expect(await answer({})).toBe('401 The token cannot be accepted');
  });

  it('is not the stored public key used as a secret', async () => {
    await start();
    const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const key = createSecretKey(Buffer.from(pem));
    expect(await answer({}, { key, alg: 'HS256' })).toBe('401 The token cannot be accepted');
  });

  it('that is stored but no key refuses every token', async () => {
    await start();
    await test.platform.db
      .updateTable('space_oidc_authentication_configurations')
      .set({ public_key: 'nonsense' })
      .execute();
    expect(await answer({})).toBe('401 The token cannot be accepted');
  });
});
