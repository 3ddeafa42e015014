import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FakeClock } from '@dialtone/sip/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConfigStore } from '../config/config-store.ts';
import type { BearerCredentials, CredentialsProvider } from '../http/credentials.ts';
import { bearerGuard, digestGuard } from '../http/testing/guards.ts';
import { LOCALHOST_CERTIFICATE } from '../http/testing/localhost-certificate.ts';
import { type Reply, serveHttp } from '../http/testing/serve-http.ts';
import { ConfiguringState } from './configuring-state.ts';
import {
  type ProvisioningOptions,
  fetchAndApplyProvisioning,
  settleProvisioning,
} from './fetch-and-apply.ts';
import { PendingCredentials } from './pending-credentials.ts';
import { ProvisioningSettings } from './provisioning-settings.ts';
import { documentOf } from './testing/document-of.ts';

const { Successful, Failed, Skipped } = ConfiguringState;

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'dialtone-provisioning-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

function storeFor(uri: string | undefined, text = ''): ConfigStore {
  const store = ConfigStore.fromString(text);
  if (uri !== undefined) new ProvisioningSettings(store).uri = uri;
  return store;
}

async function provision(store: ConfigStore, options: Partial<ProvisioningOptions> = {}) {
  const outcome = await fetchAndApplyProvisioning({ store, userAgent: 'Test/1.0', ...options });
  return { state: outcome.state, message: outcome.message };
}

async function provisionFrom(reply: Reply, text = '') {
  await using server = await serveHttp(() => reply);
  const store = storeFor(`${server.url}/provisioning`, text);
  return { store, ...(await provision(store)) };
}

describe('provisioning', () => {
  it('provisioning-client 1: is skipped without a URI', async () => {
    expect(await provision(storeFor(undefined))).toEqual({ state: Skipped, message: undefined });
  });

  it('sends the provisioning header, the user agent, the identity and the extra headers', async () => {
    await using server = await serveHttp(() => ({ body: documentOf() }));
    const store = storeFor(
      server.url,
      '[misc]\nconfig-uri-header_0=X-One:1\nremote_provisioning_from_address=sip:nobody@h.example',
    );
    await provision(store, { identity: 'sip:alice@h.example' });
    await provision(store);
    expect(server.seen[0]?.method).toBe('GET');
    expect(server.seen.map(({ headers }) => headers)).toEqual([
      expect.objectContaining({
        'x-linphone-provisioning': '1',
        'user-agent': 'Test/1.0',
        from: 'sip:alice@h.example',
        'x-one': '1',
      }),
      expect.objectContaining({ from: 'sip:nobody@h.example' }),
    ]);
  });

  it('applies a document whatever its content type', async () => {
    const { state, store } = await provisionFrom({
      headers: { 'Content-Type': 'text/plain' },
      body: documentOf('proxy_0/reg_proxy=sip:h.example'),
    });
    expect(state).toBe(Successful);
    expect(store.getInt('sip', 'default_proxy', -1)).toBe(0);
  });

  it('provisioning-client 5: works over HTTPS with a certificate of root_ca', async () => {
    const root = join(directory, 'root.pem');
    await writeFile(root, LOCALHOST_CERTIFICATE);
    await using server = await serveHttp(() => ({ body: documentOf('app/k=v') }), { tls: true });
    const store = storeFor(server.url);
    expect(await provision(store)).toEqual({ state: Failed, message: 'http io error' });
    store.setString('sip', 'root_ca', root);
    expect((await provision(store)).state).toBe(Successful);
    expect(store.getString('app', 'k')).toBe('v');
  });

  it('provisioning-client 6: is skipped, not failed, when the core stops', async () => {
    const controller = new AbortController();
    await using server = await serveHttp(() => 'hang');
    const outcome = provision(storeFor(server.url), { signal: controller.signal });
    await vi.waitFor(() => expect(server.seen).toHaveLength(1));
    controller.abort();
    expect((await outcome).state).toBe(Skipped);
  });

  it.each([400, 403, 404, 410, 500, 204, 303, 308, 407])(
    'provisioning-client 7: fails on status %d',
    async (status) => {
      expect(await provisionFrom({ status, headers: { Location: '/' } })).toMatchObject({
        state: Failed,
        message: 'http error',
      });
    },
  );

  it.each([
    'hello',
    '',
    '<html><br></html>',
    '<!DOCTYPE config [<!ENTITY a "b">]><config/>',
    `${documentOf()}x`,
  ])('provisioning-client 8: fails on the content %j', async (body) => {
    const before = '[auth_info_0]\nusername=a\n\n';
    const { state, message, store } = await provisionFrom({ body }, before);
    expect([state, message]).toEqual([Failed, 'invalid xml']);
    expect(store.hasSection('auth_info_0')).toBe(true);
  });

  it.each([
    ['/some/path', 'Bad URI'],
    ['example.org:8443/x', 'Bad URI'],
    ['ftp://example.org/', 'Bad URI'],
    ['HTTP://127.0.0.1:1/', 'Bad URI'],
    ['http:///x', 'Bad URI'],
    ['https:x', 'Bad URI'],
    ['file:///does/not/exist', 'Bad URI'],
    ['httpx://127.0.0.1:1/', 'http io error'],
    ['http://127.0.0.1:1/', 'http io error'],
    ['http://[', 'http io error'],
  ])('provisioning-client 9: fails on %s with "%s"', async (uri, message) => {
    expect(await provision(storeFor(uri))).toEqual({ state: Failed, message });
  });

  it('fails on a header no request can carry', async () => {
    const store = storeFor('http://127.0.0.1:1/', '[misc]\nconfig-uri-header_0=a b:c');
    expect(await provision(store)).toEqual({ state: Failed, message: 'Bad URI' });
  });

  it('fails on plain HTTP where only HTTPS is allowed', async () => {
    const store = storeFor('http://127.0.0.1:1/', '[sip]\nhttps_only=1');
    expect(await provision(store)).toEqual({ state: Failed, message: 'invalid request' });
  });

  it('fails on a server that stays silent', async () => {
    const clock = new FakeClock();
    await using server = await serveHttp(() => 'hang');
    const outcome = provision(storeFor(server.url), { clock });
    for (const requests of [1, 2]) {
      await vi.waitFor(() => expect(server.seen).toHaveLength(requests));
      clock.advance(50_000);
    }
    expect(await outcome).toEqual({ state: Failed, message: 'http timeout' });
  });

  it('provisioning-client 10: forgets a transient URI and its headers after a success', async () => {
    await using server = await serveHttp(({ path }) =>
      path === '/gone' ? { status: 404 } : { body: documentOf('misc/transient_provisioning=1') },
    );
    const store = storeFor(`${server.url}/ok`, '[misc]\nconfig-uri-header_0=a:b');
    const settings = new ProvisioningSettings(store);
    const options = { store, userAgent: 'Test/1.0' };
    const outcome = await fetchAndApplyProvisioning(options);
    expect(settings.uri).toBe(`${server.url}/ok`);
    settleProvisioning(store, outcome);
    expect([settings.uri, settings.headers, settings.transient]).toEqual([undefined, [], true]);

    settings.uri = `${server.url}/gone`;
    settleProvisioning(store, await fetchAndApplyProvisioning(options));
    expect(settings.uri).toBe(`${server.url}/gone`);
  });

  it('provisioning-client 12: leaves unrelated keys and existing values alone', async () => {
    const { store } = await provisionFrom(
      { body: documentOf('app/titi=new', 'proxy_0/reg_expires=1', '!proxy_0/realm=new') },
      '[app]\ntoto=titi\n[proxy_0]\nreg_expires=3600\nrealm=old\n',
    );
    expect(store.getString('app', 'toto')).toBe('titi');
    expect(store.getString('app', 'titi')).toBe('new');
    expect(store.getInt('proxy_0', 'reg_expires')).toBe(3600);
    expect(store.getString('proxy_0', 'realm')).toBe('new');
  });

  it('provisioning-client 13: reads a file by its absolute path, as it is spelled', async () => {
    const path = join(directory, 'p%41 c.xml');
    await writeFile(path, documentOf('!app/k=new'));
    const store = storeFor(`file://${path}`, '[app]\nk=old\n');
    expect((await provision(store)).state).toBe(Successful);
    expect(store.getString('app', 'k')).toBe('new');
  });

  it('replaces all auth infos of the configuration, up to the first missing number', async () => {
    const { store } = await provisionFrom(
      { body: documentOf('auth_info_0/username=new') },
      '[auth_info_0]\nusername=a\nrealm=r\n[auth_info_1]\nusername=b\n[auth_info_3]\nusername=d\n',
    );
    expect(store.keys('auth_info_0')).toEqual(['username']);
    expect(store.getString('auth_info_0', 'username')).toBe('new');
    expect(store.sectionNames()).toEqual(['auth_info_3', 'misc', 'auth_info_0']);
  });

  it('lets the factory file win, and writes the result', async () => {
    const file = join(directory, 'linphonerc');
    const factoryFile = join(directory, 'factory');
    await writeFile(factoryFile, '[app]\nk=factory\n');
    await using server = await serveHttp(() => ({ body: documentOf('!app/k=new', 'app/l=new') }));
    await writeFile(file, `[misc]\nconfig-uri=${server.url}\n`);
    const store = await ConfigStore.open({ file, factoryFile });
    expect((await provision(store)).state).toBe(Successful);
    expect(await readFile(file, 'utf8')).toContain('[app]\nk=factory\nl=new\n');
    expect(store.isDirty).toBe(false);
  });

  it('succeeds with nothing for a foreign root, and reports it', async () => {
    await using server = await serveHttp(() => ({ body: '<html/>' }));
    const store = storeFor(server.url);
    expect(await fetchAndApplyProvisioning({ store, userAgent: 'Test/1.0' })).toMatchObject({
      state: Successful,
      report: { written: 0, notices: [{ code: 'foreign-root', context: 'html' }] },
    });
  });

  it('follows a redirection', async () => {
    await using server = await serveHttp(({ path }) =>
      path === '/new' ? { body: documentOf() } : { status: 302, headers: { Location: '/new' } },
    );
    expect((await provision(storeFor(server.url))).state).toBe(Successful);
  });
});

describe('provisioning behind Digest', () => {
  const secret = { username: 'alice', password: 'secret' };
  const identity = 'sip:alice@h.example';

  it('uses the credentials of the identity', async () => {
    const guard = digestGuard(secret);
    await using server = await serveHttp((request) => guard(request) ?? { body: documentOf() });
    const find = vi.fn(() => secret);
    const store = storeFor(server.url);
    expect((await provision(store, { identity, credentials: { find } })).state).toBe(Successful);
    expect(find).toHaveBeenCalledExactlyOnceWith({
      username: 'alice',
      domain: 'h.example',
      realm: 'test.example',
      algorithm: 'MD5',
    });
  });

  it('uses those of the URI without asking', async () => {
    const guard = digestGuard(secret);
    await using server = await serveHttp((request) => guard(request) ?? { body: documentOf() });
    const store = storeFor(server.url.replace('//', '//alice:secret@'));
    expect((await provision(store)).state).toBe(Successful);
  });

  it('fails when they are refused, or when nobody can be asked', async () => {
    const guard = digestGuard(secret);
    await using server = await serveHttp((request) => guard(request) ?? { body: documentOf() });
    const failed = { state: Failed, message: 'http auth requested' };
    const wrong = { find: () => ({ ...secret, password: 'wrong' }) };
    const store = storeFor(server.url);
    expect(await provision(store)).toEqual(failed);
    expect(await provision(store, { credentials: wrong })).toEqual(failed);
  });
});

describe('provisioning behind Bearer', () => {
  /** An application with tokens that answers, or not, when it is asked. */
  function application(initial: BearerCredentials = {}) {
    const pending = new PendingCredentials();
    const asked = vi.fn();
    const app = { tokens: initial, pending, asked };
    const credentials: CredentialsProvider = {
      find: () => undefined,
      findBearer: () => app.tokens,
      storeTokens: (old, tokens) => {
        app.tokens = {
          ...old,
          accessToken: tokens.accessToken,
          refreshToken: tokens.refreshToken ?? old.refreshToken,
        };
      },
    };
    const options: Partial<ProvisioningOptions> = {
      credentials,
      onAuthenticationRequested: (challenge, signal) =>
        pending.wait(() => asked(challenge), signal),
    };
    return { app, options };
  }

  async function guardedServer(good = 'good') {
    const guard = bearerGuard({ good });
    return await serveHttp((request) => guard(request) ?? { body: documentOf('app/k=v') });
  }

  it('provisioning-client 20: succeeds silently with a token', async () => {
    await using server = await guardedServer();
    const { app, options } = application({ accessToken: { token: 'good', expiresAt: 0 } });
    expect((await provision(storeFor(server.url), options)).state).toBe(Successful);
    expect(app.asked).not.toHaveBeenCalled();
  });

  it('provisioning-client 21: waits for a token and goes on when there is one', async () => {
    await using server = await guardedServer();
    const { app, options } = application();
    const settled = vi.fn();
    const outcome = provision(storeFor(server.url), options).finally(settled);
    await vi.waitFor(() => expect(app.asked).toHaveBeenCalledTimes(1));
    expect(app.asked).toHaveBeenCalledWith(
      expect.objectContaining({
        method: 'bearer',
        authorizationServer: 'https://sso.example/',
        realm: 'test.example',
      }),
    );
    expect(settled).not.toHaveBeenCalled();
    app.tokens = { accessToken: { token: 'good', expiresAt: 0 } };
    app.pending.resume();
    expect((await outcome).state).toBe(Successful);
    expect(app.asked).toHaveBeenCalledTimes(1);
  });

  it('provisioning-client 22: fails when the authentication is aborted', async () => {
    await using server = await guardedServer();
    const { app, options } = application();
    const outcome = provision(storeFor(server.url), options);
    await vi.waitFor(() => expect(app.asked).toHaveBeenCalledTimes(1));
    app.pending.abort();
    expect(await outcome).toEqual({ state: Failed, message: 'http auth requested' });
    expect(app.asked).toHaveBeenCalledTimes(1);
  });

  it('is skipped when the core stops while waiting for a token', async () => {
    await using server = await guardedServer();
    const { app, options } = application();
    const controller = new AbortController();
    const { signal } = controller;
    const outcome = provision(storeFor(server.url), { ...options, signal });
    await vi.waitFor(() => expect(app.asked).toHaveBeenCalledTimes(1));
    controller.abort();
    expect((await outcome).state).toBe(Skipped);
  });

  it('provisioning-client 23: refreshes an expired token silently', async () => {
    await using sso = await serveHttp(() => ({ body: '{"access_token":"good","expires_in":60}' }));
    await using server = await guardedServer();
    const { app, options } = application({
      accessToken: { token: 'old', expiresAt: 1 },
      refreshToken: { token: 'r', expiresAt: 0 },
      tokenEndpoint: sso.url,
    });
    expect((await provision(storeFor(server.url), options)).state).toBe(Successful);
    expect(app.asked).not.toHaveBeenCalled();
    expect(app.tokens.accessToken?.token).toBe('good');
  });

  it('provisioning-client 24: asks once when the refresh is refused, fresh tokens help', async () => {
    await using sso = await serveHttp(() => ({ status: 400 }));
    await using server = await guardedServer();
    const { app, options } = application({
      accessToken: { token: 'old', expiresAt: 1 },
      refreshToken: { token: 'r', expiresAt: 0 },
      tokenEndpoint: sso.url,
    });
    app.asked.mockImplementation(() => {
      app.tokens = { accessToken: { token: 'good', expiresAt: 0 } };
      app.pending.resume();
    });
    expect((await provision(storeFor(server.url), options)).state).toBe(Successful);
    expect(app.asked).toHaveBeenCalledTimes(1);
    expect(sso.seen).toHaveLength(1);
  });
});
