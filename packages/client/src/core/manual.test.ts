import { expect, it } from 'vitest';
import { RegistrationState, registrationStateToString } from '@dialtone/sip';
import { accept, challenge } from '@dialtone/sip/testing';
import { Address } from '../address/address.ts';
import { AuthInfo } from '../auth-info/auth-info.ts';
import { ProxyConfig } from '../proxy-config/proxy-config.ts';
import { coreFixture } from './testing/core-fixture.ts';

it('the manual, "Managing proxies": register with credentials, then unregister', async () => {
  const f = await coreFixture();
  f.core.autoIterateEnabled = false;
  f.links.registrar.answerNext(challenge());
  const heard: string[] = [];
  f.core.addListener({
    onRegistrationStateChanged: (_core, cfg, state) =>
      heard.push(`${registrationStateToString(state)} ${cfg.identity} ${cfg.serverAddr}`),
  });

  const proxyCfg = new ProxyConfig();
  const from = Address.parse('sip:toto@sip.example.org');
  const info = new AuthInfo({ username: from?.username, password: 'secret' });
  f.core.addAuthInfo(info);
  proxyCfg.setIdentity('sip:toto@sip.example.org');
  proxyCfg.setServerAddr(from?.domain ?? null);
  proxyCfg.registerEnabled = true;
  f.core.addProxyConfig(proxyCfg);
  f.core.defaultProxyConfig = proxyCfg;

  // The manual: the next call to linphone_core_iterate() triggers SIP register.
  expect(heard).toEqual([]);
  f.core.iterate();
  await f.settle();
  expect(heard).toEqual([
    'LinphoneRegistrationProgress sip:toto@sip.example.org sip:sip.example.org',
    'LinphoneRegistrationOk sip:toto@sip.example.org sip:sip.example.org',
  ]);

  const current = f.core.defaultProxyConfig;
  current?.edit();
  if (current !== null) current.registerEnabled = false;
  expect(current?.done()).toBe(0);
  f.core.iterate();
  await f.settle();
  expect(proxyCfg.state).toBe(RegistrationState.Cleared);
  expect(f.links.registrar.lastRequest?.headers.expires).toBe(0);
});

it('the manual, "Proxies dependency": the dependent shares the contact of its master', async () => {
  const f = await coreFixture();
  f.links.registrar.answerAll(
    accept({ contactParams: [['pub-gruu', 'sip:master@sip.example.org;gr=1']] }),
  );
  const master = f.makeConfig({ identity: 'sip:master@sip.example.org' });
  const dependent = f.makeConfig({ identity: 'sip:dependent@sip.example.org' });
  dependent.dependency = master;
  f.core.addProxyConfig(master);
  f.core.addProxyConfig(dependent);
  await f.settle();
  expect([master.state, dependent.state]).toEqual([RegistrationState.Ok, RegistrationState.Ok]);
  expect(f.links.registrar.lastRequest?.headers.get('Contact')).toContain(
    '<sip:master@sip.example.org;gr=1>',
  );
});

it('a listener that throws neither stops the registration nor the other listeners', async () => {
  const f = await coreFixture();
  const thrown: unknown[] = [];
  const before = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', (error) => thrown.push(error));
  try {
    f.core.addListener({
      onRegistrationStateChanged() {
        throw new Error('application fault');
      },
    });
    await f.addConfig();
    await f.settle();
  } finally {
    process.removeAllListeners('uncaughtException');
    for (const listener of before) process.on('uncaughtException', listener);
  }
  expect(f.states).toEqual(['Progress', 'Ok']);
  expect(thrown).toHaveLength(2);
});

it('an account knows its core and its credentials', async () => {
  const f = await coreFixture();
  const config = f.makeConfig();
  expect(config.core).toBeNull();
  f.core.addAuthInfo(new AuthInfo({ username: 'alice', ha1: 'h', realm: 'elsewhere' }));
  f.core.addProxyConfig(config);
  expect(config.core).toBe(f.core);
  expect(config.findAuthInfo()?.realm).toBe('elsewhere');
});

it('supported tags can be added and removed, down to none', async () => {
  const f = await coreFixture();
  const config = await f.addConfig();
  f.core.addSupportedTag('timer');
  config.expires = 100;
  await f.settle();
  expect(f.links.registrar.lastRequest?.headers.get('Supported')).toBe(
    'replaces, outbound, gruu, path, timer',
  );
  for (const tag of f.core.supportedTags) f.core.removeSupportedTag(tag);
  config.expires = 101;
  await f.settle();
  expect(f.links.registrar.lastRequest?.headers.has('Supported')).toBe(false);
});
