import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Browser, openBrowser } from '../../testing/browser.ts';
import { buildTestApp, type TestApp } from '../../testing/build-test-app.ts';

/** A small OpenID Connect provider: RS256, PKCE, one user. */
interface Provider {
  readonly url: string;
  readonly issuer: string;
  user: {
    sub: string;
    email?: string;
    email_verified?: boolean;
    roles?: readonly string[];
  };
  /** What the next tokens say otherwise. */
  claims: JWTPayload;
  failTokens: boolean;
  /** The user signs in: where the browser is sent back to. */
  signIn(authorizationUrl: string): string;
  close(): Promise<void>;
}

const keys = await generateKeyPair('RS256');
const foreignKeys = await generateKeyPair('RS256');
let signingKey = keys.privateKey;

async function startProvider(): Promise<Provider> {
  const publicKey = { ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
  const codes = new Map<string, URLSearchParams>();
  const sign = (claims: JWTPayload): Promise<string> =>
    new SignJWT({ iss: provider.issuer, sub: provider.user.sub, ...claims, ...provider.claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuedAt(1_767_225_600)
      .setExpirationTime(1_767_225_600 + 300)
      .sign(signingKey);
  const answer = async (path: string, body: URLSearchParams): Promise<unknown> => {
    if (path.endsWith('/certs')) return { keys: [publicKey] };
    if (path.endsWith('/userinfo')) return { ...provider.user, roles: undefined };
    const asked = codes.get(body.get('code') ?? '');
    codes.delete(body.get('code') ?? '');
    const proof = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url');
    const honest =
      proof === asked?.get('code_challenge') &&
      body.get('client_secret') === 'client secret' &&
      body.get('redirect_uri') === asked.get('redirect_uri');
    if (!path.endsWith('/token') || !honest || provider.failTokens) return undefined;
    return {
      token_type: 'Bearer',
      id_token: await sign({ aud: 'dialtone', nonce: asked.get('nonce') }),
      access_token: await sign({ realm_access: { roles: provider.user.roles ?? [] } }),
    };
  };
  const server: Server = createServer((request, response) => {
    const reply = async (): Promise<void> => {
      const body = await answer(request.url ?? '', new URLSearchParams(await text(request)));
      response.writeHead(body === undefined ? 400 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body ?? { error: 'invalid_grant' }));
    };
    void reply();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
  const provider: Provider = {
    url,
    issuer: `${url}realms/phones`,
    user: { sub: 'u1' },
    claims: {},
    failTokens: false,
    signIn: (authorizationUrl) => {
      const asked = new URL(authorizationUrl).searchParams;
      const code = `code${codes.size}${Math.random()}`;
      codes.set(code, asked);
      const back = new URL(asked.get('redirect_uri') ?? '');
      back.search = String(new URLSearchParams({ code, state: asked.get('state') ?? '' }));
      return `${back.pathname}${back.search}`;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
  return provider;
}

let provider: Provider;
let test: TestApp;
let browser: Browser;

beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.close());

beforeEach(async () => {
  test = await buildTestApp({ now: Date.UTC(2026, 0, 1) });
  browser = openBrowser(test);
  provider.user = { sub: 'u1', email: 'john@example.org' };
  provider.claims = {};
  provider.failTokens = false;
  signingKey = keys.privateKey;
});
afterEach(() => test.close());

async function configure(options: { autoProvisioning?: boolean } = {}): Promise<void> {
  await test.platform.db
    .insertInto('space_oidc_authentication_configurations')
    .values({
      space_id: test.space.id,
      server_url: provider.url,
      realm: 'phones',
      client_id: 'dialtone',
      client_secret: 'client secret',
      auto_provisioning: options.autoProvisioning === true ? 1 : 0,
      role_provisioning: 'phone-user',
    })
    .execute();
}

/** Where the login ends: the location after the return from the provider. */
async function signIn(): Promise<unknown> {
  const away = await browser.get('/login/oidc');
  const back = await browser.get(provider.signIn(String(away.headers.location)));
  expect(back.statusCode).toBe(302);
  return back.headers.location;
}

const notFound = '/login?error=sso_not_found';
const accounts = () =>
  test.platform.db.selectFrom('accounts').select(['username', 'email', 'activated']).execute();

describe('OIDC login', () => {
  it('O1: 403 without a configuration, else a redirect to the provider', async () => {
    expect((await browser.get('/login/oidc')).statusCode).toBe(403);
    await configure();
    const away = await browser.get('/login/oidc');
    expect(away.statusCode).toBe(302);
    const url = new URL(String(away.headers.location));
    expect(`${url.origin}${url.pathname}`).toBe(`${provider.issuer}/protocol/openid-connect/auth`);
    expect(url.searchParams.get('redirect_uri')).toBe('http://sip.example.com/login/oidc/redirect');
    expect(url.searchParams.get('code_challenge_method')).toBe('S256');
  });

  it('O2: the redirect URL answers 403 without a configuration', async () => {
    expect((await browser.get('/login/oidc/redirect?code=a&state=b')).statusCode).toBe(403);
  });

  it('O3: a profile without email leads back with the error sso_not_found', async () => {
    await configure();
    provider.user = { sub: 'u1' };
    expect(await signIn()).toBe(notFound);
    expect((await browser.get(notFound)).body).toContain('No account here');
    provider.user = { sub: 'u1', email: 'john@example.org', email_verified: false };
    await test.createAccount({ username: 'john', email: 'john@example.org' });
    expect(await signIn()).toBe(notFound);
  });

  it('O4: without auto-provisioning only known addresses sign in', async () => {
    await configure();
    expect(await signIn()).toBe(notFound);
    await test.createAccount({ username: 'john', email: 'john@example.org' });
    expect(await signIn()).toBe('/');
    expect((await browser.get('/dashboard')).body).toContain('john@sip.example.com');
  });

  it('O5: with auto-provisioning, who lacks the role and is unknown gets no account', async () => {
    await configure({ autoProvisioning: true });
    expect(await signIn()).toBe(notFound);
    expect(await accounts()).toEqual([]);
  });

  it('O6: with auto-provisioning, who lacks the role loses the account', async () => {
    await configure({ autoProvisioning: true });
    await test.createAccount({ username: 'john', email: 'john@example.org', activated: true });
    expect(await signIn()).toBe(notFound);
    expect(await accounts()).toMatchObject([{ username: 'john', activated: 0 }]);
  });

  it('O7, O8: with auto-provisioning, the role gives an account, numbered when its name is taken', async () => {
    await configure({ autoProvisioning: true });
    provider.user = { sub: 'u1', email: 'John@example.org', roles: ['phone-user'] };
    expect(await signIn()).toBe('/');
    expect(await accounts()).toEqual([
      { username: 'john', email: 'John@example.org', activated: 0 },
    ]);
    expect(await signIn()).toBe('/');
    expect(await accounts()).toHaveLength(1);
    provider.user = { sub: 'u2', email: 'john@example.net', roles: ['phone-user'] };
    expect(await signIn()).toBe('/');
    expect((await accounts())[1]?.username).toBe('john1');
    expect((await browser.get('/dashboard')).body).toContain('john1@sip.example.com');
  });

  it('refuses names that no SIP address can have', async () => {
    await configure({ autoProvisioning: true });
    provider.user = { sub: 'u1', email: '"a b"@example.org', roles: ['phone-user'] };
    expect(await signIn()).toBe(notFound);
    expect(await accounts()).toEqual([]);
  });

  it('signs in nobody when several accounts share the address', async () => {
    await configure();
    await test.createAccount({ username: 'john', email: 'john@example.org' });
    await test.createAccount({ username: 'jane' });
    await test.platform.db.updateTable('accounts').set({ email: 'john@example.org' }).execute();
    expect(await signIn()).toBe(notFound);
  });

  it.each<[string, () => void]>([
    ['of a foreign key', () => (signingKey = foreignKeys.privateKey)],
    ['of another issuer', () => (provider.claims = { iss: 'https://evil.example' })],
    ['for another client', () => (provider.claims = { aud: 'other' })],
    ['for another login', () => (provider.claims = { nonce: 'other' })],
    ['of another subject', () => (provider.claims = { sub: 'u2' })],
    ['that are none', () => (provider.failTokens = true)],
  ])('refuses tokens %s', async (_what, spoil) => {
    await configure();
    await test.createAccount({ username: 'john', email: 'john@example.org' });
    spoil();
    expect(await signIn()).toBe('/login?error=sso_failed');
    expect((await browser.get('/dashboard')).statusCode).toBe(302);
  });

  it('refuses tokens that are too old', async () => {
    await configure();
    test.clock.advance(301_000);
    expect(await signIn()).toBe('/login?error=sso_failed');
  });

  it('refuses a return that this browser did not leave for', async () => {
    await configure();
    await test.createAccount({ username: 'john', email: 'john@example.org' });
    const away = await browser.get('/login/oidc');
    const back = provider.signIn(String(away.headers.location));
    const victim = await openBrowser(test).get(back);
    expect(victim.headers.location).toBe('/login?error=sso_failed');
    const mixed = await browser.get(back.replace(/state=\w+/, 'state=other'));
    expect(mixed.headers.location).toBe('/login?error=sso_failed');
  });

  it('replaces the password form, and signs out at the provider too', async () => {
    await configure();
    await test.createAccount({ username: 'john', email: 'john@example.org' });
    const page = await browser.get('/login');
    expect(page.body).toContain('href="/login/oidc"');
    expect(page.body).not.toContain('type="password"');
    await signIn();
    const dashboard = await browser.get('/dashboard');
    expect(dashboard.headers['content-security-policy']).toContain(
      `form-action 'self' ${new URL(provider.url).origin};`,
    );
    await browser.get('/logout');
    const out = String((await browser.submit()).headers.location);
    expect(out).toContain(`${provider.issuer}/protocol/openid-connect/logout?client_id=dialtone`);
  });
});

it('nothing beside the provider signs anybody in', async () => {
  await test.createAccount({ username: 'john', email: 'john@example.org' });
  const page = await browser.get('/recovery/email');
  expect(page.statusCode).toBe(200);
  const _token = /name="_token" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
  await configure();
  const login = { _token, username: 'john', password: 'secret' };
  expect((await browser.post('/authenticate', login)).statusCode).toBe(403);
  expect((await browser.get('/recovery/email')).statusCode).toBe(403);
  const recovery = { _token, email: 'john@example.org' };
  expect((await browser.post('/recovery', recovery)).statusCode).toBe(403);
  expect((await browser.post('/recovery/confirm', { _token })).statusCode).toBe(403);
});
