import { describe, expect, it, vi } from 'vitest';
import { computeHa1 } from '@dialtone/sip/digest';
import { AuthInfo } from '../auth-info/auth-info.ts';
import { AuthMethod } from '../auth-info/auth-method.ts';
import { bearerGuard, digestGuard } from '../http/testing/guards.ts';
import { type Reply, type SeenRequest, serveHttp } from '../http/testing/serve-http.ts';
import { ConfiguringState } from '../provisioning/configuring-state.ts';
import { documentOf } from '../provisioning/testing/document-of.ts';
import { Core } from './core.ts';
import { GlobalState } from './global-state.ts';
import { coreFixture } from './testing/core-fixture.ts';
import { ACCOUNT, CREDENTIALS, DOMAIN, provisioned } from './testing/provisioned-core.ts';

const { Successful } = ConfiguringState;

describe('credentials of a provisioned core', () => {
  const document: Reply = { body: documentOf(...ACCOUNT, ...CREDENTIALS) };

  async function bearerServer() {
    const guard = bearerGuard({ good: 'good' });
    return await serveHttp((request) => guard(request) ?? document);
  }

  it('provisioning-client 21: asked for a token, the core stays Configuring until it comes', async () => {
    await using server = await bearerServer();
    const f = await provisioned(server.url);
    const methods: AuthMethod[] = [];
    f.core.addListener({
      onAuthenticationRequested: (_core, _info, method) => methods.push(method),
    });
    const started = f.core.start();
    await vi.waitFor(() => expect(f.asked).toHaveLength(1));
    expect(f.core.globalState).toBe(GlobalState.Configuring);
    expect(f.asked[0]?.authorizationServer).toBe('https://sso.example/');
    expect(methods).toEqual([AuthMethod.Bearer]);
    const info = new AuthInfo();
    info.accessToken = { token: 'good', expiresAt: 0 };
    f.core.addAuthInfo(info);
    await started;
    expect(f.life).toEqual(['Startup', 'Configuring', 'Successful', 'On']);
    expect(f.asked).toHaveLength(1);
  });

  it('provisioning-client 22: the application gives up: Failed, then On', async () => {
    await using server = await bearerServer();
    const f = await provisioned(server.url);
    f.onAsked = () => f.core.abortAuthentication();
    await f.core.start();
    expect(f.life).toEqual(['Startup', 'Configuring', 'Failed', 'On']);
    expect(f.asked).toHaveLength(1);
  });

  it('an application that hears of no questions is not waited for', async () => {
    await using server = await bearerServer();
    const core = new Core();
    core.provisioning.uri = server.url;
    await core.start();
    expect(core.globalState).toBe(GlobalState.On);
    await core.stop();
  });

  it('provisioning-client 25: a provisioned client secret goes into the refresh, and stays apart', async () => {
    await using sso = await serveHttp(() => ({ body: '{"access_token":"good","expires_in":60}' }));
    const guard = bearerGuard({ good: 'good' });
    await using server = await serveHttp(
      (request: SeenRequest) =>
        guard(request) ?? {
          body: documentOf('!auth_info_0/client_id=phone', '!auth_info_0/client_secret=hush'),
        },
    );
    const f = await provisioned(server.url, '[auth_info_0]\nclient_id=phone\nclient_secret=hush\n');
    const info = new AuthInfo();
    info.accessToken = { token: 'old', expiresAt: 1 };
    info.refreshToken = { token: 'refresh', expiresAt: 0 };
    info.clientId = 'phone';
    info.tokenEndpoint = sso.url;
    f.core.addAuthInfo(info);
    await f.core.start();
    expect(f.configuring).toEqual([Successful]);
    expect(Object.fromEntries(new URLSearchParams(sso.seen[0]?.body))).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'refresh',
      client_id: 'phone',
      client_secret: 'hush',
    });
    expect(f.core.authInfoList).toHaveLength(2);
    expect(f.config.getString('auth_info_0', 'client_secret')).toBe('hush');
    expect(f.config.getString('auth_info_1', 'access_token')).toMatch(/^good \d+$/);
    expect(f.config.getString('auth_info_1', 'refresh_token')).toBe('refresh 0');
    expect(f.config.hasSection('auth_info_2')).toBe(false);
  });

  it('provisioning-client 26: a token and what it brought: the same at every start', async () => {
    await using server = await bearerServer();
    const f = await provisioned(server.url);
    const info = new AuthInfo();
    info.accessToken = { token: 'good', expiresAt: 0 };
    f.core.addAuthInfo(info);
    await f.core.start();
    await f.settle();
    expect(f.core.authInfoList).toHaveLength(2);
    await f.restart();
    expect(f.configuring).toEqual([Successful, Successful]);
    expect(f.core.authInfoList).toHaveLength(2);
    expect(f.config.hasSection('auth_info_2')).toBe(false);
  });

  it('provisioning-client 27: a password that has served is kept as its hash, where the algorithm is set', async () => {
    const guard = digestGuard({
      username: 'alice',
      password: 'secret',
      realm: DOMAIN,
      algorithm: 'SHA-256',
    });
    await using server = await serveHttp((request) => guard(request) ?? { body: documentOf() });
    const from = `[misc]\nremote_provisioning_from_address=sip:alice@${DOMAIN}\n`;
    const use = async (algorithm: string | null): Promise<Record<string, unknown>> => {
      const f = await provisioned(server.url, from);
      const fields = { username: 'alice', password: 'secret', realm: DOMAIN, algorithm };
      f.core.addAuthInfo(new AuthInfo(fields));
      await f.core.start();
      expect(f.configuring).toEqual([Successful]);
      const [info] = f.core.authInfoList;
      return {
        password: info?.password,
        ha1: info?.ha1,
        storedPassword: f.config.getString('auth_info_0', 'passwd'),
        storedHa1: f.config.getString('auth_info_0', 'ha1'),
      };
    };
    const secret = { username: 'alice', realm: DOMAIN, password: 'secret' };
    const ha1 = computeHa1({ algorithm: 'SHA-256', ...secret });
    expect(await use('SHA-256')).toEqual({ password: null, ha1, storedHa1: ha1 });
    expect(await use(null)).toEqual({ password: 'secret', ha1: null, storedPassword: 'secret' });
  });

  it('entries without any secret are not taken from the file', async () => {
    const f = await coreFixture({
      config: '[auth_info_0]\nusername=a\n[auth_info_1]\nusername=b\npasswd=p\n',
    });
    expect(f.core.authInfoList.map(({ username }) => username)).toEqual(['b']);
    expect(f.config.getString('auth_info_0', 'username')).toBe('b');
    expect(f.config.hasSection('auth_info_1')).toBe(false);
  });
});
