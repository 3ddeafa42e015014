import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';
import { sendBearer, signToken, storeProvider } from './testing/oidc-space.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = (key: KeyObject, kid: string) => ({
  ...key.export({ format: 'jwk' }),
  kid,
  use: 'sig',
});

/** A provider on this machine, which publishes `keys` at the place where Keycloak does. */
let server: Server;
let keys: readonly unknown[];
let status: number;
let asked: string[];
let test: TestApp;

beforeEach(async () => {
  [keys, status, asked] = [[jwk(rsa.publicKey, 'a')], 200, []];
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  test = await buildTestApp();
  await test.createAccount({ username: 'alice', email: 'alice@mail.example' });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on TCP
  const { port } = server.address() as AddressInfo;
  await storeProvider(test, { serverUrl: `http://127.0.0.1:${port}/`, publicKey: null });
});
afterEach(async () => {
  vi.useRealTimers();
  await test.close();
  server.close();
});

async function answer(key: KeyObject, alg: string, kid: string) {
  const token = await signToken(test, { email: 'alice@mail.example' }, { key, alg, kid });
  const { statusCode, headers } = await sendBearer(test, token);
  return { statusCode, said: String(headers['www-authenticate'] ?? '') };
}

describe('a provider without stored key', () => {
  it('is asked for its keys once for many tokens, of either kind of key', async () => {
    keys = [jwk(rsa.publicKey, 'a'), jwk(ec.publicKey, 'b')];
    const answers = await Promise.all([
      answer(rsa.privateKey, 'RS256', 'a'),
      answer(rsa.privateKey, 'RS512', 'a'),
      answer(ec.privateKey, 'ES256', 'b'),
    ]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    expect(asked).toEqual(['/realms/r/protocol/openid-connect/certs']);
  });

  it('has none either when an empty one is stored', async () => {
    await test.platform.db
      .updateTable('space_oidc_authentication_configurations')
      .set({ public_key: '' })
      .execute();
    expect((await answer(rsa.privateKey, 'RS256', 'a')).statusCode).toBe(200);
  });

  it('does not vouch for a key that it does not publish, and is not asked about each', async () => {
    for (let turn = 0; turn < 3; turn++) {
      const { statusCode, said } = await answer(ec.privateKey, 'ES256', 'b');
      expect(statusCode).toBe(401);
      expect(said).toContain('invalid_token');
    }
    expect(asked).toHaveLength(1);
  });

  it('may change its keys', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    await answer(rsa.privateKey, 'RS256', 'a');
    keys = [jwk(ec.publicKey, 'b')];
    vi.setSystemTime(Date.now() + 31_000);
    test.clock.advance(31_000);
    expect((await answer(ec.privateKey, 'ES256', 'b')).statusCode).toBe(200);
    expect((await answer(rsa.privateKey, 'RS256', 'a')).statusCode).toBe(401);
  });

  it('that fails leads to a plain challenge, and is left alone for a while', async () => {
    status = 503;
    for (let turn = 0; turn < 3; turn++) {
      const { statusCode, said } = await answer(rsa.privateKey, 'RS256', 'a');
      expect(statusCode).toBe(401);
      expect(said).toMatch(/^Bearer authz_server="[^"]*",realm="r"$/);
    }
    expect(asked).toHaveLength(1);
    status = 200;
    test.clock.advance(31_000);
    expect((await answer(rsa.privateKey, 'RS256', 'a')).statusCode).toBe(200);
  });

  it('that answers something else is left alone as well', async () => {
    keys = ['no key'];
    for (let turn = 0; turn < 3; turn++) {
      expect((await answer(rsa.privateKey, 'RS256', 'a')).statusCode).toBe(401);
    }
    expect(asked).toHaveLength(1);
  });

  it('is not asked about what is no token', async () => {
    expect((await sendBearer(test, '1234')).statusCode).toBe(401);
    expect(asked).toEqual([]);
  });

  it('whose address is none is like a provider that fails', async () => {
    await test.platform.db
      .updateTable('space_oidc_authentication_configurations')
      .set({ server_url: 'nowhere' })
      .execute();
    expect((await answer(rsa.privateKey, 'RS256', 'a')).statusCode).toBe(401);
  });
});
