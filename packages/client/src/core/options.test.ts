import { expect, it } from 'vitest';
import { RegistrationState } from '@dialtone/sip';
import { accept, silence } from '@dialtone/sip/testing';
import { Address } from '../address/address.ts';
import { AuthInfo } from '../auth-info/auth-info.ts';
import { ProxyConfig } from '../proxy-config/proxy-config.ts';
import { coreFixture } from './testing/core-fixture.ts';

const OVER_TCP = { server: 'sip:sip.example.org;transport=tcp' };

it('tcp_tls_keepalive=0 leaves streams alone', async () => {
  const heardAfterMs = async (config: string): Promise<number> => {
    const f = await coreFixture({ config });
    const start = f.links.clock.now();
    await f.addConfig(OVER_TCP);
    await f.advance(60_000);
    return (f.links.registrar.flows[0]?.lastReceivedAt ?? 0) - start;
  };
  expect(await heardAfterMs('')).toBe(60_000);
  expect(await heardAfterMs('[sip]\ntcp_tls_keepalive=0\n')).toBe(0);
});

it('unregister_previous_contact=1 withdraws what a lost network left registered', async () => {
  const f = await coreFixture({ config: '[sip]\nunregister_previous_contact=1\n[misc]\nuuid=0\n' });
  await f.addConfig(OVER_TCP);
  const lost = f.links.registrar.lastRequest?.headers.get('Contact');
  f.core.networkReachable = false;
  f.core.networkReachable = true;
  await f.settle();
  const [now, ...others] = f.links.registrar.lastRequest?.headers.getAll('Contact') ?? [];
  expect(now).not.toBe(lost);
  expect(others).toEqual([`${lost};expires=0`]);
  f.core.refreshRegisters();
  await f.settle();
  expect(f.links.registrar.lastRequest?.headers.getAll('Contact')).toHaveLength(1);
});

it('by default nothing is withdrawn after a lost network', async () => {
  const f = await coreFixture();
  await f.addConfig(OVER_TCP);
  f.core.networkReachable = false;
  f.core.networkReachable = true;
  await f.settle();
  expect(f.links.registrar.lastRequest?.headers.getAll('Contact')).toHaveLength(1);
});

it('registration 82: force_name_addr=1 puts saved addresses in brackets', async () => {
  const f = await coreFixture({ config: '[sip]\nforce_name_addr=1\n' });
  await f.addConfig();
  expect(f.config.getString('proxy_0', 'reg_proxy')).toBe('<sip:sip.example.org>');
  expect(f.config.getString('proxy_0', 'reg_identity')).toBe('<sip:alice@sip.example.org>');
  const address = Address.parse('sip:a@b');
  expect(address?.asString(f.core.addressFormat)).toBe('<sip:a@b>');
});

it('provisioning-client 28: credentials go with the account that used them, others stay', async () => {
  const f = await coreFixture();
  for (const fields of [
    { username: 'alice', domain: 'sip.example.org' },
    { username: 'alice', realm: 'sip.example.org' },
    { username: 'alice', domain: 'elsewhere.example.org' },
    { username: 'turn-user', realm: 'turn.example.org' },
  ]) {
    f.core.addAuthInfo(new AuthInfo({ ...fields, password: 'secret' }));
  }
  const config = await f.addConfig();
  f.core.removeAccountWithData(config.account);
  // Unregistering may be challenged.
  expect(f.core.authInfoList).toHaveLength(4);
  await f.settle();
  expect(config.state).toBe(RegistrationState.Cleared);
  expect(f.core.authInfoList.map(({ username, domain }) => [username, domain])).toEqual([
    ['alice', 'elsewhere.example.org'],
    ['turn-user', null],
  ]);
});

it('credentials without a domain stay while another account has that user name', async () => {
  const f = await coreFixture();
  f.core.addAuthInfo(new AuthInfo({ username: 'alice', password: 'secret' }));
  const config = await f.addConfig();
  await f.addConfig({ identity: 'sip:alice@elsewhere.example.org' });
  f.core.removeAccountWithData(config.account);
  await f.settle();
  expect(f.core.authInfoList).toHaveLength(1);
});

it('an account added again keeps its data', async () => {
  const f = await coreFixture();
  f.core.addAuthInfo(new AuthInfo({ username: 'alice', password: 'secret' }));
  const config = await f.addConfig();
  f.links.registrar.answerAll(silence);
  f.core.removeAccountWithData(config.account);
  await f.settle();
  f.links.registrar.answerAll(accept());
  f.core.addProxyConfig(config);
  await f.advance(40_000);
  expect(f.core.authInfoList).toHaveLength(1);
});

it('provisioning-client 41: NAT policies are saved once each, and not more than are used', async () => {
  const f = await coreFixture({
    config: [
      '[net]\nnat_policy_ref=core-wide',
      '[nat_policy_0]\nref=forgotten\nprotocols=ice',
      '[nat_policy_1]\nref=core-wide\nstun_server=stun.example.org\nprotocols=stun',
      '[provisioned]\nstun_server=turn.example.org\nprotocols=turn,ice\nturn_enable_tls=1',
      '',
    ].join('\n'),
  });
  expect(f.core.natPolicy).toMatchObject({ stunServer: 'stun.example.org', stunEnabled: true });
  const one = await f.addConfig();
  const two = await f.addConfig({ identity: 'sip:bob@sip.example.org' });
  two.natPolicyRef = 'provisioned';
  one.natPolicy = f.core.createNatPolicy({ iceEnabled: true });
  one.natPolicy = f.core.createNatPolicy({ iceEnabled: true, turnTcp: true });
  await f.stop();
  const sections = f.config.sectionNames().filter((name) => name.startsWith('nat_policy'));
  expect(sections).toEqual(['nat_policy_0', 'nat_policy_1']);
  expect(f.config.getString('nat_policy_0', 'ref')).toBe('core-wide');
  expect(f.config.getString('proxy_1', 'nat_policy_ref')).toBe('provisioned');
  await f.core.start();
  const [first, second] = f.core.proxyConfigList;
  expect(first?.natPolicy).toMatchObject({ iceEnabled: true, turnTcp: true, turnUdp: true });
  expect(second?.natPolicy).toMatchObject({ turnEnabled: true, turnTls: true });
});

it('a NAT policy that an account names by its section stays in that section', async () => {
  const f = await coreFixture({
    config: [
      '[proxy_0]\nreg_identity=sip:alice@sip.example.org\nreg_proxy=sip:sip.example.org\nnat_policy_ref=nat_policy_1',
      '[nat_policy_0]\nref=forgotten\nprotocols=ice',
      '[nat_policy_1]\nstun_server=stun.example.org\nprotocols=stun',
      '',
    ].join('\n'),
  });
  for (const prefix of ['one', 'two']) {
    const config = await f.addConfig({ identity: `sip:${prefix}@sip.example.org` });
    config.natPolicy = f.core.createNatPolicy({ stunServer: `${prefix}.example.org` });
  }
  await f.stop();
  expect(f.config.getString('nat_policy_1', 'stun_server')).toBe('stun.example.org');
  await f.core.start();
  expect(f.core.accountList.map(({ settings }) => settings.natPolicy?.stunServer)).toEqual([
    'stun.example.org',
    'one.example.org',
    'two.example.org',
  ]);
});

it('numbers and addresses are normalised without an account, too', () => {
  expect(ProxyConfig.normalizePhoneNumber('0033 1 23456789')).toBe('+33123456789');
  expect(ProxyConfig.normalizeSipUri('alice@example.org')?.asString()).toBe(
    'sip:alice@example.org',
  );
  expect(ProxyConfig.normalizeSipUri('alice')).toBeNull();
});
