import { describe, expect, it } from 'vitest';
import { RegistrationState } from '@dialtone/sip';
import { Address } from '../address/address.ts';
import { TransportType } from '../address/transport-type.ts';
import { coreFixture } from '../core/testing/core-fixture.ts';
import { ProxyConfig } from './proxy-config.ts';

describe('setters', () => {
  it('C2: what cannot be used is refused with -1 and changes nothing', () => {
    const config = new ProxyConfig();
    expect(config.setServerAddr('sip:example.org')).toBe(0);
    expect(config.setServerAddr('sip:')).toBe(-1);
    expect(config.setServerAddr('sip:a b')).toBe(-1);
    expect(config.serverAddr).toBe('sip:example.org');
    expect(config.setServerAddr('')).toBe(0);
    expect(config.setServerAddr(null)).toBe(0);
    expect(config.serverAddr).toBe('sip:example.org');
    expect(config.setRoute('sip:r')).toBe(0);
    expect(config.setRoute('sip:a b')).toBe(-1);
    expect(config.route).toBe('sip:r');
    expect(config.setIdentityAddress(null)).toBe(-1);
    expect(config.setIdentityAddress(Address.parse('sip:example.org'))).toBe(-1);
    expect(config.setIdentity('sip:alice@example.org')).toBe(0);
    for (const bad of [null, '', 'nonsense', 'sip:example.org']) {
      expect(config.setIdentity(bad)).toBe(-1);
    }
    expect(config.identity).toBe('sip:alice@example.org');
  });

  it('the scheme of a server address may be left out', () => {
    const config = new ProxyConfig();
    config.setServerAddr('example.org;transport=tcp');
    expect(config.serverAddr).toBe('<sip:example.org;transport=tcp>');
    expect(config.transport).toBe(TransportType.Tcp);
  });

  it('registration 4: a route may be given without scheme', () => {
    const config = new ProxyConfig();
    config.setRoute('h');
    expect(config.route).toBe('sip:h');
    expect(config.routes).toHaveLength(1);
    config.setRoute(null);
    expect(config.routes).toEqual([]);
  });

  it('registration 5: bad routes are dropped, good ones keep their order', () => {
    const config = new ProxyConfig();
    expect(config.setRoutes(['sip:a', 'sip:', 'sip:b', 'sip:c d'])).toBe(-1);
    expect(config.routes.map(String)).toEqual(['sip:a', 'sip:b']);
    expect(config.setRoutes(null)).toBe(0);
    expect(config.routes).toEqual([]);
  });

  it('a negative lifetime reads as 600', () => {
    const config = new ProxyConfig();
    expect(config.expires).toBe(3600);
    config.expires = -5;
    expect(config.expires).toBe(600);
    config.expires = 0;
    expect(config.expires).toBe(0);
  });

  it('the outbound proxy follows the server address', () => {
    const { params } = new ProxyConfig().account;
    expect(params.setOutboundProxyEnabled(true)).toBe(-1);
    params.setServerAddr('sip:a');
    expect(params.setOutboundProxyEnabled(true)).toBe(0);
    params.setServerAddr('sip:b');
    params.setTransport(TransportType.Tcp);
    expect(params.routes.map(String)).toEqual(['<sip:b;transport=tcp>']);
    params.setOutboundProxyEnabled(false);
    expect(params.routes).toEqual([]);
  });
});

describe('edit and done', () => {
  it('C1: an edit collects changes until done', async () => {
    const f = await coreFixture();
    const config = await f.addConfig();
    config.edit();
    config.expires = 100;
    config.contactParameters = 'a=b';
    expect(config.expires).toBe(100);
    await f.advance(10_000);
    expect(f.links.registrar.requests).toHaveLength(1);
    expect(config.done()).toBe(0);
    await f.settle();
    expect(f.links.registrar.requests).toHaveLength(2);
    expect(f.links.registrar.lastRequest?.headers.expires).toBe(100);
    expect(f.links.registrar.lastRequest?.headers.get('Contact')).toContain('a=b');
  });

  it('registration 81: done without edit is -1 and harmless', async () => {
    const f = await coreFixture();
    const config = await f.addConfig();
    expect(config.done()).toBe(-1);
    await f.settle();
    expect(f.links.registrar.requests).toHaveLength(1);
  });

  it('C1: a setter outside an edit commits by itself', async () => {
    const f = await coreFixture();
    const config = await f.addConfig();
    config.expires = 50;
    expect(config.done()).toBe(-1);
    await f.settle();
    expect(f.links.registrar.lastRequest?.headers.expires).toBe(50);
  });

  it('registration 20: edit alone does nothing; disabling and done unregister', async () => {
    const f = await coreFixture();
    const config = await f.addConfig();
    config.edit();
    await f.advance(3000);
    expect(f.states).toEqual(['Progress', 'Ok']);
    config.registerEnabled = false;
    config.done();
    await f.settle();
    expect(f.states).toEqual(['Progress', 'Ok', 'Cleared']);
    expect(config.state).toBe(RegistrationState.Cleared);
  });

  it('done is -1 when the server address is missing', () => {
    const config = new ProxyConfig();
    config.edit();
    config.setIdentity('sip:a@b');
    expect(config.done()).toBe(-1);
    expect(config.identity).toBe('sip:a@b');
  });

  it('an edit that changes nothing sends nothing', async () => {
    const f = await coreFixture();
    const config = await f.addConfig();
    config.edit();
    config.realm = 'r';
    config.dialPrefix = '33';
    expect(config.done()).toBe(0);
    await f.advance(1000);
    expect(f.links.registrar.requests).toHaveLength(1);
  });
});

it('one account has one view', async () => {
  const f = await coreFixture();
  const config = await f.addConfig();
  expect(f.core.proxyConfigList).toEqual([config]);
  expect(f.core.proxyConfigList[0]).toBe(config);
});

it('registration 3: settings of new configurations come from [proxy_default_values]', async () => {
  const f = await coreFixture({
    config: `[proxy_default_values]
reg_proxy=<sip:sip.example.org;transport=tls>
nat_policy_ref=my_nat
reg_expires=77
[my_nat]
stun_server=stun.example.org
protocols=stun,ice
`,
  });
  const config = f.core.createProxyConfig();
  expect(config.serverAddr).toBe('<sip:sip.example.org;transport=tls>');
  expect(config.expires).toBe(77);
  expect(config.natPolicy).toMatchObject({
    stunEnabled: true,
    iceEnabled: true,
    turnEnabled: false,
    stunServer: 'stun.example.org',
  });
  expect(new ProxyConfig().serverAddr).toBeNull();
});
