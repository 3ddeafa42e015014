import { describe, expect, it, vi } from 'vitest';
import { RegistrationState } from '@dialtone/sip';
import { computeHa1, parseCredentials, verifyResponse } from '@dialtone/sip/digest';
import { accept, type Answer, challenge, refuse } from '@dialtone/sip/testing';
import { PushNotificationConfig } from '../account/push-notification-config.ts';
import { AuthInfo } from '../auth-info/auth-info.ts';
import { AuthMethod } from '../auth-info/auth-method.ts';
import { bearerGuard, digestGuard } from '../http/testing/guards.ts';
import { type Reply, type SeenRequest, serveHttp } from '../http/testing/serve-http.ts';
import { ConfiguringState } from '../provisioning/configuring-state.ts';
import { documentOf } from '../provisioning/testing/document-of.ts';
import { GlobalState } from './global-state.ts';
import { coreFixture, type CoreFixture } from './testing/core-fixture.ts';

const { Successful, Failed, Skipped } = ConfiguringState;
const DOMAIN = 'sip.example.org';
const HA1 = computeHa1({ algorithm: 'SHA-256', username: 'bob', realm: DOMAIN, password: 'pw' });

const ACCOUNT = [
  `!proxy_0/reg_identity=sip:bob@${DOMAIN}`,
  `!proxy_0/reg_proxy=sip:${DOMAIN}`,
] as const;
const CREDENTIALS = [
  '!auth_info_0/username=bob',
  `!auth_info_0/domain=${DOMAIN}`,
  `!auth_info_0/realm=${DOMAIN}`,
  `!auth_info_0/ha1=${HA1}`,
  '!auth_info_0/algorithm=SHA-256',
] as const;

interface Provisioned extends CoreFixture {
  readonly configuring: ConfiguringState[];
  /** Global and configuring states in the order in which they were told. */
  readonly life: string[];
  restart(): Promise<void>;
}

/** A core that is provisioned from `uri` at start; not started yet. */
async function provisioned(uri: string, config = ''): Promise<Provisioned> {
  const f = await coreFixture({ config, started: false });
  f.core.provisioning.uri = uri;
  const configuring: ConfiguringState[] = [];
  const life: string[] = [];
  const nameOf = (states: Readonly<Record<string, number>>, state: number): string =>
    Object.keys(states).find((name) => states[name] === state) ?? '';
  f.core.addListener({
    onConfiguringStatus(_core, state) {
      configuring.push(state);
      life.push(nameOf(ConfiguringState, state));
    },
    onGlobalStateChanged: (_core, state) => life.push(nameOf(GlobalState, state)),
  });
  return Object.assign(f, {
    configuring,
    life,
    async restart() {
      await f.stop();
      await f.core.start();
      await f.settle();
    },
  });
}

async function serveDocument(...entries: readonly string[]) {
  return await serveHttp(() => ({ body: documentOf(...entries) }));
}

/** A registrar that knows bob. */
const bobOnly: Answer = (request, flow) => {
  const credentials = parseCredentials(request.headers.get('Authorization') ?? '');
  if (credentials === undefined) return challenge({ algorithms: ['SHA-256'] })(request, flow);
  const right = verifyResponse(credentials, { method: request.method, ha1: HA1 });
  return (right ? accept() : refuse(403))(request, flow);
};

describe('remote provisioning of a core', () => {
  it('provisioning-client 2: provisioned over HTTP, it registers with the credentials it got', async () => {
    await using server = await serveDocument(...ACCOUNT, ...CREDENTIALS);
    const f = await provisioned(server.url);
    f.links.registrar.answerAll(bobOnly);
    await f.core.start();
    await f.settle();
    expect(f.configuring).toEqual([Successful]);
    expect(f.states).toEqual(['Progress', 'Ok']);
    expect(f.asked).toEqual([]);
    expect(f.life).toEqual(['Startup', 'Configuring', 'Successful', 'On']);
  });

  it('provisioning-client 3: the account of the file is read again, never doubled', async () => {
    await using server = await serveDocument(...ACCOUNT);
    const f = await provisioned(
      server.url,
      '[proxy_0]\nreg_identity=sip:alice@sip.example.org\nreg_proxy=sip:sip.example.org\n',
    );
    const seen: (string | null | undefined)[] = [];
    f.core.addListener({
      onConfiguringStatus: (core) => seen.push(core.proxyConfigList[0]?.identity),
    });
    await f.core.start();
    await f.settle();
    expect(seen).toEqual(['sip:alice@sip.example.org']);
    expect(f.core.proxyConfigList.map(({ identity }) => identity)).toEqual([`sip:bob@${DOMAIN}`]);
    expect(f.core.defaultProxyConfigIndex).toBe(0);
    await f.restart();
    expect(f.core.accountList).toHaveLength(1);
    expect(f.counts().Ok).toBe(2);
  });

  it('an account the application added before the start stays, behind the provisioned one', async () => {
    await using server = await serveDocument(...ACCOUNT);
    const f = await provisioned(server.url);
    await f.addConfig();
    await f.core.start();
    await f.restart();
    expect(f.core.proxyConfigList.map(({ identity }) => identity)).toEqual([
      `sip:bob@${DOMAIN}`,
      'sip:alice@sip.example.org',
    ]);
  });

  it('provisioning-client 6: stopped right after the start: Shutdown, Skipped once, Off', async () => {
    await using server = await serveHttp(() => 'hang');
    const f = await provisioned(server.url);
    await f.addConfig();
    const started = f.core.start();
    await vi.waitFor(() => expect(server.seen).toHaveLength(1));
    const stopped = f.core.stop();
    expect(f.core.globalState).toBe(GlobalState.Shutdown);
    await Promise.all([started, stopped]);
    expect(f.life).toEqual(['Startup', 'Configuring', 'Shutdown', 'Skipped', 'Off']);
    expect(f.core.accountList).toHaveLength(1);
    expect(f.links.clock.pending).toBe(0);
  });

  it.each(['Startup', 'Configuring', 'On'] as const)(
    'a core stopped by whom it tells that it is %s ends Off',
    async (when) => {
      const f = await coreFixture({ started: false });
      await f.addConfig();
      const states: GlobalState[] = [];
      f.core.addListener({
        onGlobalStateChanged(core, state) {
          states.push(state);
          if (state === GlobalState[when]) void core.stop();
        },
      });
      await f.core.start();
      await f.core.stop();
      await f.settle();
      expect(states.slice(-2)).toEqual([GlobalState.Shutdown, GlobalState.Off]);
      expect(f.links.clock.pending).toBe(0);
      expect(f.states).toEqual([]);
    },
  );

  it('a failure leaves the previous configuration working', async () => {
    await using server = await serveHttp(() => ({ status: 404 }));
    const f = await provisioned(server.url);
    await f.addConfig();
    await f.core.start();
    await f.settle();
    expect(f.configuring).toEqual([Failed]);
    expect(f.states).toEqual(['Progress', 'Ok']);
    expect(f.core.provisioning.uri).toBe(server.url);
  });

  it('provisioning-client 10: a transient document is applied once, and registers', async () => {
    await using server = await serveDocument(...ACCOUNT, '!misc/transient_provisioning=1');
    const f = await provisioned(server.url);
    await f.core.start();
    await f.settle();
    expect([f.core.provisioning.transient, f.core.provisioning.uri]).toEqual([true, undefined]);
    await f.restart();
    expect(f.configuring).toEqual([Successful, Skipped]);
    expect(f.counts().Ok).toBe(2);
  });

  it('provisioning-client 11: provisioned defaults make the next account', async () => {
    const server5223 = '<sip:sip.linphone.org:5223;transport=tls>';
    await using server = await serveDocument(
      'proxy_default_values/reg_sendregister=1',
      'proxy_default_values/reg_expires=604800',
      `proxy_default_values/reg_proxy=${server5223}`,
      `proxy_default_values/reg_route=${server5223}`,
      'proxy_default_values/reg_identity=sip:?@sip.linphone.org',
    );
    const f = await provisioned(server.url);
    await f.core.start();
    const config = f.core.createProxyConfig();
    expect(config.registerEnabled).toBe(true);
    expect(config.expires).toBe(604_800);
    expect(config.serverAddr).toBe(server5223);
    expect(config.routes.map(String)).toEqual([server5223]);
    expect(config.identity).toBe('sip:?@sip.linphone.org');
  });

  it('provisioning-client 14: push of the core reaches the provisioned account', async () => {
    await using server = await serveDocument(...ACCOUNT);
    const f = await provisioned(server.url);
    f.core.pushNotificationConfig = pushConfig('token');
    await f.core.start();
    await f.settle();
    const config = f.core.defaultProxyConfig;
    expect(config?.pushNotificationConfig).toMatchObject({
      prid: 'token',
      bundleIdentifier: 'org.example.token',
      param: 'param-token',
    });
    f.core.pushNotificationEnabled = true;
    if (config !== null) config.pushNotificationAllowed = true;
    await f.settle();
    expect(f.counts().Ok).toBe(2);
    expect(f.links.registrar.lastRequest?.headers.get('Contact')).toContain('pn-prid=token');
  });

  it('provisioning-client 15: a new push configuration before the next start is what counts', async () => {
    await using server = await serveDocument(
      ...ACCOUNT,
      '!proxy_0/push_notification_allowed=1',
      '!net/push_notification=1',
    );
    const f = await provisioned(server.url);
    f.core.pushNotificationConfig = pushConfig('old');
    await f.core.start();
    await f.settle();
    expect(f.config.getString('proxy_0', 'push_parameters')).toContain('pn-prid=old');
    await f.stop();
    f.core.pushNotificationConfig = pushConfig('new');
    await f.core.start();
    await f.settle();
    expect(f.core.accountList).toHaveLength(1);
    expect(f.core.defaultProxyConfig?.pushNotificationConfig).toMatchObject({
      prid: 'new',
      bundleIdentifier: 'org.example.new',
      param: 'param-new',
    });
    expect(f.links.registrar.lastRequest?.headers.get('Contact')).toContain('pn-prid=new');
  });

  it('provisioning-client 40: a document from text gives new accounts their defaults', async () => {
    const f = await coreFixture();
    await f.config.applyXml(
      documentOf(
        'proxy_default_values/reg_proxy=<sip:sip.example.org;transport=tls>',
        'proxy_default_values/nat_policy_ref=nat_policy_default_values',
        'nat_policy_default_values/stun_server=stun.example.org',
        'nat_policy_default_values/protocols=stun,ice',
      ),
    );
    const account = f.core.createAccount(f.core.createAccountParams());
    expect(account.settings.serverAddr).toBe('<sip:sip.example.org;transport=tls>');
    expect(account.settings.natPolicy).toMatchObject({
      stunServer: 'stun.example.org',
      stunEnabled: true,
      iceEnabled: true,
      turnEnabled: false,
    });
  });

  it('provisioning-client 42: the instance id is made at the first start and stays', async () => {
    const f = await coreFixture({ started: false });
    expect(f.config.hasEntry('misc', 'uuid')).toBe(false);
    await f.core.start();
    const uuid = f.config.getString('misc', 'uuid');
    expect(uuid).toMatch(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/);
    await f.stop();
    await f.core.start();
    expect(f.config.getString('misc', 'uuid')).toBe(uuid);
  });
});

function pushConfig(token: string): PushNotificationConfig {
  return Object.assign(new PushNotificationConfig(), {
    provider: 'apns',
    prid: token,
    param: `param-${token}`,
    bundleIdentifier: `org.example.${token}`,
  });
}

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

it('a provisioned account removed from the document stays: nothing is ever pruned but credentials', async () => {
  let entries: readonly string[] = [...ACCOUNT, ...CREDENTIALS];
  await using server = await serveHttp(() => ({ body: documentOf(...entries) }));
  const f = await provisioned(server.url);
  await f.core.start();
  entries = [];
  await f.restart();
  expect(f.core.proxyConfigList).toHaveLength(1);
  expect(f.core.defaultProxyConfig?.state).toBe(RegistrationState.Ok);
});
