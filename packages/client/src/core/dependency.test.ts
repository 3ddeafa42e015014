import { expect, it } from 'vitest';
import { RegistrationState } from '@dialtone/sip';
import { accept, type FakeRegistrar } from '@dialtone/sip/testing';
import type { ProxyConfig } from '../proxy-config/proxy-config.ts';
import { coreFixture, type CoreFixture } from './testing/core-fixture.ts';

const GRUU = 'sip:master@sip.example.org;gr=urn:uuid:1';
const MASTER = { identity: 'sip:master@sip.example.org', server: 'sip:sip.example.org' };
const DEPENDENT = {
  identity: 'sip:dep@ext.example.org',
  server: 'sip:ext.example.org;transport=tcp',
};

interface DependencyFixture extends CoreFixture {
  readonly ext: FakeRegistrar;
  readonly master: ProxyConfig;
  readonly dependent: ProxyConfig;
}

/** A master at OPEN with GRUU and a dependent at EXT, not added yet. */
async function dependencyFixture(gruu = true): Promise<DependencyFixture> {
  const f = await coreFixture();
  f.links.dns.set('ext.example.org', '192.0.2.20');
  const ext = f.links.addRegistrar('192.0.2.20');
  if (gruu) f.links.registrar.answerAll(accept({ contactParams: [['pub-gruu', GRUU]] }));
  return Object.assign(f, {
    ext,
    master: f.makeConfig(MASTER),
    dependent: f.makeConfig(DEPENDENT),
  });
}

function sharedContact(f: DependencyFixture): string | undefined {
  return f.ext.lastRequest?.headers.get('Contact')?.replace(/;\+sip.*/, '');
}

it('flow "dependency": the dependent waits for the master and registers its contact', async () => {
  const f = await dependencyFixture();
  f.dependent.dependency = f.master;
  f.links.network.latencyMs = 200;
  f.core.addProxyConfig(f.master);
  f.core.addProxyConfig(f.dependent);
  await f.advance(100);
  expect(f.statesOf(f.dependent)).toEqual([]);
  await f.advance(2000);
  expect(f.states).toEqual(['Progress', 'Ok', 'Progress', 'Ok']);
  expect(sharedContact(f)).toBe(`<${GRUU}>`);
  f.master.refreshRegister();
  await f.advance(2000);
  expect(f.statesOf(f.dependent)).toEqual(['Progress', 'Ok', 'Progress', 'Ok']);
});

it('registration 6: dependency from the file: both Ok, contacts equal', async () => {
  const f = await coreFixture({
    started: false,
    config: `[proxy_0]
reg_proxy=sip:ext.example.org
reg_identity=sip:dep@ext.example.org
idkey=dep
depends_on=top
[proxy_1]
reg_proxy=sip:sip.example.org
reg_identity=sip:master@sip.example.org
idkey=top
`,
  });
  f.links.dns.set('ext.example.org', '192.0.2.20');
  const ext = f.links.addRegistrar('192.0.2.20');
  await f.core.start();
  await f.settle();
  expect(f.counts().Ok).toBe(2);
  const [dependent, master] = f.core.proxyConfigList;
  expect(dependent?.dependency).toBe(master);
  const uri = (contact: string | undefined): string | undefined =>
    /<[^>]*>/.exec(contact ?? '')?.[0];
  expect(uri(ext.lastRequest?.headers.get('Contact'))).toBe(
    uri(f.links.registrar.lastRequest?.headers.get('Contact')),
  );
});

it('registration 7: the dependent disabled while the network is cut: only the master comes back', async () => {
  const f = await dependencyFixture();
  f.dependent.dependency = f.master;
  f.core.addProxyConfig(f.master);
  f.core.addProxyConfig(f.dependent);
  await f.settle();
  f.core.networkReachable = false;
  f.dependent.registerEnabled = false;
  f.core.networkReachable = true;
  await f.settle();
  expect(f.counts().Ok).toBe(3);
  expect(f.statesOf(f.master).filter((state) => state === 'Ok')).toHaveLength(2);
});

it('registration 8: a master that cannot be reached holds the dependent back', async () => {
  const f = await dependencyFixture();
  f.master.setServerAddr('sip:nowhere.example');
  f.dependent.dependency = f.master;
  f.core.addProxyConfig(f.master);
  f.core.addProxyConfig(f.dependent);
  await f.advance(100_000);
  expect(f.counts().Ok).toBe(0);
  expect(f.ext.requests).toEqual([]);
  // Not even tried: it only mirrors the failure.
  expect(f.statesOf(f.dependent)).toEqual(['Failed']);
});

it('registration 9: the master edited away, back, and disabled: the dependent follows', async () => {
  const f = await dependencyFixture(false);
  f.dependent.dependency = f.master;
  f.core.addProxyConfig(f.master);
  f.core.addProxyConfig(f.dependent);
  await f.settle();
  f.master.setServerAddr('sip:nowhere.example');
  await f.advance(1000);
  expect(f.counts().Failed).toBe(2);
  f.master.setServerAddr('sip:sip.example.org');
  await f.settle();
  expect(f.counts().Ok).toBe(4);
  f.master.registerEnabled = false;
  await f.settle();
  expect(f.counts().Cleared).toBe(2);
  // The dependent is told before the master's own listeners.
  expect(f.states.slice(-2)).toEqual(['Cleared', 'Cleared']);
});

it('registration 10: the master removed while the network is down', async () => {
  const f = await dependencyFixture();
  f.dependent.dependency = f.master;
  f.core.networkReachable = false;
  f.core.addProxyConfig(f.master);
  f.core.addProxyConfig(f.dependent);
  f.core.removeProxyConfig(f.master);
  f.core.networkReachable = true;
  await f.settle();
  expect(f.core.proxyConfigList).toEqual([f.dependent]);
  expect(f.counts().Ok).toBe(1);
  expect(f.dependent.dependency).toBeNull();
});

it('registration 11: cleared, added in reverse, restarted', async () => {
  const f = await dependencyFixture();
  f.dependent.dependency = f.master;
  f.core.addProxyConfig(f.master);
  f.core.addProxyConfig(f.dependent);
  await f.settle();
  f.core.clearProxyConfig();
  await f.settle();
  expect(f.counts().Cleared).toBe(2);

  f.dependent.dependency = null;
  f.core.addProxyConfig(f.dependent);
  f.core.addProxyConfig(f.master);
  f.dependent.dependency = f.master;
  await f.settle();
  expect(f.counts().Ok).toBe(4);
  expect(sharedContact(f)).toBe(`<${GRUU}>`);

  await f.stop();
  await f.core.start();
  await f.settle();
  const [dependent, master] = f.core.proxyConfigList;
  expect(f.core.proxyConfigList).toHaveLength(2);
  expect(dependent?.dependency).toBe(master);
  expect([dependent?.state, master?.state]).toEqual([RegistrationState.Ok, RegistrationState.Ok]);
  expect(sharedContact(f)).toBe(`<${GRUU}>`);
});

it('C14: without GRUU the master contact is shared verbatim', async () => {
  const f = await dependencyFixture(false);
  f.dependent.dependency = f.master;
  f.core.addProxyConfig(f.master);
  f.core.addProxyConfig(f.dependent);
  await f.settle();
  expect(sharedContact(f)).toBe('<sip:master@198.51.100.7;transport=udp>');
  expect(f.counts().Ok).toBe(2);
});

it('C14: one master serves several dependents', async () => {
  const f = await dependencyFixture();
  const third = f.makeConfig({ ...DEPENDENT, identity: 'sip:third@ext.example.org' });
  for (const config of [f.dependent, third]) config.dependency = f.master;
  for (const config of [f.dependent, third, f.master]) f.core.addProxyConfig(config);
  await f.settle();
  expect(f.counts().Ok).toBe(3);
  f.master.registerEnabled = false;
  await f.settle();
  expect(f.counts().Cleared).toBe(3);
});

it('C14: chains pass states on', async () => {
  const f = await dependencyFixture();
  const third = f.makeConfig({ ...DEPENDENT, identity: 'sip:third@ext.example.org' });
  f.dependent.dependency = f.master;
  third.dependency = f.dependent;
  for (const config of [third, f.dependent, f.master]) f.core.addProxyConfig(config);
  await f.settle();
  expect(f.counts().Ok).toBe(3);
  f.master.registerEnabled = false;
  await f.settle();
  expect(third.state).toBe(RegistrationState.Cleared);
});

it('C14: when the master is removed, the dependent registers again by itself', async () => {
  const f = await dependencyFixture();
  f.dependent.dependency = f.master;
  f.core.addProxyConfig(f.master);
  f.core.addProxyConfig(f.dependent);
  await f.settle();
  f.core.removeProxyConfig(f.master);
  await f.settle();
  expect(f.dependent.dependency).toBeNull();
  expect(f.statesOf(f.dependent)).toEqual(['Progress', 'Ok', 'Progress', 'Ok']);
  expect(sharedContact(f)).toMatch(/^<sip:dep@198\.51\.100\.7:\d+;transport=tcp>$/);
  expect(f.config.hasEntry('proxy_0', 'depends_on')).toBe(false);
});

it('C14: the link to a removed master is removed from the file, wherever the dependent stands', async () => {
  const f = await dependencyFixture();
  f.dependent.dependency = f.master;
  f.core.addProxyConfig(f.dependent);
  f.core.addProxyConfig(f.master);
  await f.settle();
  expect(f.config.hasEntry('proxy_0', 'depends_on')).toBe(true);
  f.core.removeProxyConfig(f.master);
  expect(f.config.hasEntry('proxy_0', 'depends_on')).toBe(false);
});

it('registration 79: a dependency on itself is ignored', async () => {
  const f = await dependencyFixture();
  f.dependent.dependency = f.dependent;
  expect(f.dependent.dependency).toBeNull();
  f.core.addProxyConfig(f.dependent);
  await f.settle();
  expect(f.counts().Ok).toBe(1);
});

it('a circle of dependencies does not stop anybody for ever', async () => {
  const f = await dependencyFixture();
  f.dependent.dependency = f.master;
  f.core.addProxyConfig(f.master);
  f.core.addProxyConfig(f.dependent);
  f.master.dependency = f.dependent;
  await f.settle();
  expect(f.counts().Ok).toBeGreaterThanOrEqual(2);
  expect([f.master.state, f.dependent.state]).toEqual([RegistrationState.Ok, RegistrationState.Ok]);
});

it('a dependency on an account that is not there registers normally', async () => {
  const f = await coreFixture({
    config:
      '[proxy_0]\nreg_proxy=sip:sip.example.org\nreg_identity=sip:a@sip.example.org\ndepends_on=ghost\n',
  });
  await f.settle();
  expect(f.counts().Ok).toBe(1);
});

it('a dependent that is disabled is never woken by its master', async () => {
  const f = await dependencyFixture();
  f.dependent.registerEnabled = false;
  f.dependent.dependency = f.master;
  f.core.addProxyConfig(f.master);
  f.core.addProxyConfig(f.dependent);
  await f.settle();
  f.master.refreshRegister();
  await f.settle();
  expect(f.ext.requests).toEqual([]);
  expect(f.dependent.state).toBe(RegistrationState.None);
});

it('both go None with the network', async () => {
  const f = await dependencyFixture();
  f.dependent.dependency = f.master;
  f.core.addProxyConfig(f.master);
  f.core.addProxyConfig(f.dependent);
  await f.settle();
  f.core.networkReachable = false;
  expect(f.counts().None).toBe(2);
});
