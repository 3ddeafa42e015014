import { describe, expect, it, vi } from 'vitest';
import { RegistrationState } from '@dialtone/sip';
import { parseCredentials, verifyResponse } from '@dialtone/sip/digest';
import { accept, type Answer, challenge, refuse } from '@dialtone/sip/testing';
import { PushNotificationConfig } from '../account/push-notification-config.ts';
import { serveHttp } from '../http/testing/serve-http.ts';
import { ConfiguringState } from '../provisioning/configuring-state.ts';
import { documentOf } from '../provisioning/testing/document-of.ts';
import { GlobalState } from './global-state.ts';
import { coreFixture } from './testing/core-fixture.ts';
import {
  ACCOUNT,
  CREDENTIALS,
  DOMAIN,
  HA1,
  provisioned,
  serveDocument,
} from './testing/provisioned-core.ts';

const { Successful, Failed, Skipped } = ConfiguringState;

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
