import { computeHa1 } from '@dialtone/sip/digest';
import { FakeClock, fakeRandom } from '@dialtone/sip/testing';
import { describe, expect, it, vi } from 'vitest';
import type { AuthenticationHandler } from './authentication.ts';
import type { BearerCredentials, CredentialsProvider, HttpCredentials } from './credentials.ts';
import { httpRequest } from './http-request.ts';
import { bearerGuard, digestGuard } from './testing/guards.ts';
import { type Reply, type SeenRequest, serveHttp } from './testing/serve-http.ts';

const secret = { username: 'alice', password: 'secret' };

function provider(credentials: HttpCredentials): CredentialsProvider {
  return { find: () => credentials };
}

function authorizationsOf(seen: readonly SeenRequest[]): string[] {
  return seen.map(({ headers }) => (headers.authorization ?? 'none').split(' ')[0] ?? '');
}

function challengeWith(...challenges: string[]): Reply {
  return { status: 401, headers: { 'WWW-Authenticate': challenges } };
}

describe('Digest', () => {
  it.each(['MD5', 'SHA-256', 'SHA-512-256'] as const)(
    'is answered with %s, over path and query',
    async (algorithm) => {
      const guard = digestGuard({ ...secret, algorithm });
      await using server = await serveHttp((request) => guard(request) ?? { body: 'in' });
      const response = await httpRequest({
        url: `${server.url}/p?q=1`,
        credentials: provider(secret),
        random: fakeRandom(),
      });
      expect(response.text()).toBe('in');
      expect(server.seen).toHaveLength(2);
      expect(server.seen[1]?.headers.authorization).toContain('nc=00000001');
    },
  );

  it('asks for credentials by identity, realm and algorithm', async () => {
    await using server = await serveHttp(() =>
      challengeWith('Digest realm="r", nonce="n", algorithm=SHA-256, qop="auth"'),
    );
    const find = vi.fn(() => undefined);
    const identity = { username: 'alice', domain: 'h.example' };
    await httpRequest({ url: server.url, credentials: { find }, identity });
    expect(find).toHaveBeenCalledExactlyOnceWith({
      realm: 'r',
      username: 'alice',
      domain: 'h.example',
      algorithm: 'SHA-256',
    });
  });

  it('takes a hashed password where realm and algorithm fit, and only there', async () => {
    const ha1 = computeHa1({ algorithm: 'SHA-256', realm: 'test.example', ...secret });
    const hashed = { username: 'alice', ha1, realm: 'test.example' };
    const guard = digestGuard({ ...secret, algorithm: 'SHA-256' });
    await using server = await serveHttp((request) => guard(request) ?? { body: 'in' });
    const { url } = server;
    const statusWith = async (credentials: HttpCredentials) =>
      (await httpRequest({ url, credentials: provider(credentials) })).status;
    expect(await statusWith({ ...hashed, algorithm: 'SHA-256' })).toBe(200);
    const before = server.seen.length;
    expect(await statusWith({ ...hashed, algorithm: 'MD5' })).toBe(401);
    expect(await statusWith({ ...hashed, algorithm: 'SHA-256', realm: 'other' })).toBe(401);
    expect(server.seen.length - before).toBe(2);
  });

  it('gives up after two refused answers, without asking', async () => {
    const guard = digestGuard({ ...secret });
    await using server = await serveHttp((request) => guard(request) ?? { body: 'in' });
    const ask = vi.fn(async () => true);
    const response = await httpRequest({
      url: server.url,
      credentials: provider({ username: 'alice', password: 'wrong' }),
      onUnanswered: ask,
    });
    expect(response.status).toBe(401);
    expect(authorizationsOf(server.seen)).toEqual(['none', 'Digest', 'Digest']);
    expect(ask).not.toHaveBeenCalled();
  });

  it('is answered from the URL without a provider', async () => {
    const guard = digestGuard({ ...secret });
    await using server = await serveHttp((request) => guard(request) ?? { body: 'in' });
    const url = server.url.replace('//', '//alice:secret@');
    const response = await httpRequest({ url });
    expect(response.status).toBe(200);
    expect(response.url).not.toContain('secret');
  });

  it('is answered with the user id where there is one', async () => {
    const guard = digestGuard({ username: 'id', password: 'secret' });
    await using server = await serveHttp((request) => guard(request) ?? { body: 'in' });
    const credentials = provider({ ...secret, userid: 'id' });
    expect((await httpRequest({ url: server.url, credentials })).status).toBe(200);
  });
});

describe('several challenges', () => {
  it('the first that can be answered counts, unknown ones are skipped', async () => {
    await using server = await serveHttp((_request, index) =>
      index === 0
        ? challengeWith(
            'Negotiate abc=, Digest realm="r", nonce="n", algorithm=X',
            'Digest realm="r", nonce="n", qop="auth"',
            'Basic realm="r"',
          )
        : { body: '' },
    );
    await httpRequest({ url: server.url, credentials: provider(secret) });
    expect(authorizationsOf(server.seen)).toEqual(['none', 'Digest']);
  });

  it('a 401 without a challenge is final', async () => {
    await using server = await serveHttp(() => ({ status: 401 }));
    const ask = vi.fn(async () => true);
    const request = { url: server.url, credentials: provider(secret), onUnanswered: ask };
    expect((await httpRequest(request)).status).toBe(401);
    expect(ask).not.toHaveBeenCalled();
  });
});

describe('Basic', () => {
  it('is tried once, then asked for', async () => {
    await using server = await serveHttp(({ headers }) =>
      headers.authorization === `Basic ${Buffer.from('alice:é').toString('base64')}`
        ? { body: 'in' }
        : challengeWith('Basic realm="r"'),
    );
    let password = 'wrong';
    const ask = vi.fn<AuthenticationHandler>(async () => {
      password = 'é';
      return true;
    });
    const credentials = { find: () => ({ username: 'alice', password }) };
    const response = await httpRequest({ url: server.url, credentials, onUnanswered: ask });
    expect(response.text()).toBe('in');
    expect(server.seen).toHaveLength(3);
    expect(ask).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ method: 'basic', realm: 'r' }),
      undefined,
    );
  });

  it('needs a clear password', async () => {
    await using server = await serveHttp(() => challengeWith('Basic realm="r"'));
    const credentials = provider({ username: 'alice', ha1: 'abc' });
    await httpRequest({ url: server.url, credentials });
    expect(server.seen).toHaveLength(1);
  });
});

describe('Bearer', () => {
  /** Tokens as an application keeps them. */
  function tokenStore(tokens: BearerCredentials) {
    const store = { tokens };
    const credentials: CredentialsProvider = {
      find: () => undefined,
      findBearer: () => store.tokens,
      storeTokens: (old, { accessToken, refreshToken }) => {
        store.tokens = { ...old, accessToken, refreshToken: refreshToken ?? old.refreshToken };
      },
    };
    return { store, credentials };
  }

  it('sends a token that is not over', async () => {
    const guard = bearerGuard({ good: 't' });
    await using server = await serveHttp((request) => guard(request) ?? { body: 'in' });
    const { credentials } = tokenStore({ accessToken: { token: 't', expiresAt: 0 } });
    expect((await httpRequest({ url: server.url, credentials })).status).toBe(200);
    expect(authorizationsOf(server.seen)).toEqual(['none', 'Bearer']);
  });

  it('takes a token from the URL', async () => {
    const guard = bearerGuard({ good: 't' });
    await using server = await serveHttp((request) => guard(request) ?? { body: 'in' });
    expect((await httpRequest({ url: `${server.url}/?access_token=t` })).status).toBe(200);
  });

  it('refreshes a token that is over, and keeps what it got', async () => {
    const clock = new FakeClock();
    const now = clock.now() / 1000;
    const guard = bearerGuard({ good: 'new' });
    await using sso = await serveHttp(() => ({
      body: JSON.stringify({ access_token: 'new', expires_in: 60, refresh_token: 'r2' }),
    }));
    await using server = await serveHttp((request) => guard(request) ?? { body: 'in' });
    const { store, credentials } = tokenStore({
      accessToken: { token: 'old', expiresAt: now - 1 },
      refreshToken: { token: 'r1', expiresAt: 0 },
      authorizationServer: sso.url,
      clientId: 'phone',
      clientSecret: 's&s',
    });
    expect((await httpRequest({ url: server.url, credentials, clock })).status).toBe(200);
    expect(authorizationsOf(server.seen)).toEqual(['none', 'Bearer']);
    expect(sso.seen[0]).toMatchObject({
      method: 'POST',
      path: '/token',
      body: 'grant_type=refresh_token&refresh_token=r1&client_id=phone&client_secret=s%26s',
    });
    expect(store.tokens.accessToken).toEqual({ token: 'new', expiresAt: now + 60 });
    expect(store.tokens.refreshToken?.token).toBe('r2');
  });

  it('refreshes a token of unknown end once it was refused', async () => {
    const guard = bearerGuard({ good: 'new' });
    await using sso = await serveHttp(() => ({ body: '{"access_token":"new"}' }));
    await using server = await serveHttp((request) => guard(request) ?? { body: 'in' });
    const { store, credentials } = tokenStore({
      accessToken: { token: 'old', expiresAt: 0 },
      refreshToken: { token: 'r1', expiresAt: 0 },
      tokenEndpoint: `${sso.url}/t`,
    });
    expect((await httpRequest({ url: server.url, credentials })).status).toBe(200);
    expect(authorizationsOf(server.seen)).toEqual(['none', 'Bearer', 'Bearer']);
    expect(store.tokens.refreshToken?.token).toBe('r1');
  });

  it.each<[what: string, reply: Reply]>([
    ['refused', { status: 400, body: '{"error":"invalid_grant"}' }],
    ['answered with nonsense', { body: '[]' }],
    ['answered with no JSON', { body: '<html>' }],
    ['not answered', 'drop'],
  ])('asks when the refresh is %s', async (_what, reply) => {
    const guard = bearerGuard({ good: 'fresh' });
    await using sso = await serveHttp(() => reply);
    await using server = await serveHttp((request) => guard(request) ?? { body: 'in' });
    const { store, credentials } = tokenStore({
      refreshToken: { token: 'r1', expiresAt: 0 },
      tokenEndpoint: sso.url,
    });
    const ask = vi.fn<AuthenticationHandler>(async () => {
      store.tokens = { accessToken: { token: 'fresh', expiresAt: 0 } };
      return true;
    });
    const response = await httpRequest({ url: server.url, credentials, onUnanswered: ask });
    expect(response.status).toBe(200);
    expect(ask).toHaveBeenCalledExactlyOnceWith(
      {
        method: 'bearer',
        realm: 'test.example',
        username: undefined,
        domain: undefined,
        algorithm: undefined,
        authorizationServer: 'https://sso.example/',
      },
      undefined,
    );
  });
});
