import { describe, expect, it, vi } from 'vitest';
import { RegistrationState } from '@dialtone/sip';
import { accept, challenge, refuse } from '@dialtone/sip/testing';
import { Address } from '../address/address.ts';
import { coreFixture } from './testing/core-fixture.ts';

const TCP = 'sip:sip.example.org;transport=tcp';

describe('register suite', () => {
  it('registration 19: registers with Ok once, unregisters when the core stops', async () => {
    const f = await coreFixture();
    await f.addConfig();
    expect(f.counts()).toMatchObject({ Ok: 1, None: 0, Progress: 1, Failed: 0 });
    expect(f.asked).toEqual([]);
    await f.stop();
    expect(f.counts()).toMatchObject({ Cleared: 1, None: 0 });
  });

  it.each(['udp', 'tcp', 'tls', 'ws'])(
    'registration 21: the server address chooses the transport: %s',
    async (transport) => {
      const f = await coreFixture();
      await f.addConfig({ server: `sip:sip.example.org;transport=${transport}` });
      expect(f.states).toEqual(['Progress', 'Ok']);
      expect(f.links.registrar.flows[0]?.protocol).toBe(transport);
    },
  );

  it.each(['udp', 'tcp'])(
    'registration 22: a dead first address is passed over (%s)',
    async (transport) => {
      const f = await coreFixture();
      f.links.dns.set('multi.example.org', '192.0.2.99', '192.0.2.10');
      await f.addConfig({ server: `sip:multi.example.org;transport=${transport}` });
      await f.advance(100_000);
      expect(f.counts().Ok).toBeGreaterThanOrEqual(1);
      await f.stop();
      expect(f.counts().Cleared).toBe(1);
    },
  );

  it('registration 23: custom headers go out and come back; clearing the list unregisters', async () => {
    const f = await coreFixture();
    f.links.registrar.answerAll(accept({ headers: [['Server', 'Fake/2']] }));
    const config = f.makeConfig();
    expect(config.setCustomHeader('Weather', 'bad')).toBe(0);
    expect(config.setCustomHeader('Weather', 'bad\r\nEvil: 1')).toBe(-1);
    f.core.addProxyConfig(config);
    await f.settle();
    expect(f.links.registrar.lastRequest?.headers.get('Weather')).toBe('bad');
    expect(config.getCustomHeader('Server')).toBe('Fake/2');
    f.core.clearProxyConfig();
    await f.settle();
    expect(f.counts()).toMatchObject({ Cleared: 1, Ok: 1 });
  });

  it('registration 24: only TCP enabled and no transport named: TCP', async () => {
    const f = await coreFixture();
    f.core.transports = { udpPort: 0, tcpPort: -2, tlsPort: 0 };
    await f.settle();
    await f.addConfig();
    expect(f.links.registrar.flows[0]?.protocol).toBe('tcp');
    expect(f.counts().Ok).toBe(1);
  });

  it('registration 42: a short lifetime is refreshed by itself', async () => {
    const f = await coreFixture();
    await f.addConfig({ expires: 1 });
    await f.advance(1000);
    expect(f.counts()).toMatchObject({ Ok: 2, Progress: 1, Refreshing: 0 });
  });

  it('registration 43: the refresh window counts and survives a restart', async () => {
    const f = await coreFixture();
    f.core.setRefreshWindow(20, 50);
    await f.addConfig({ expires: 10 });
    await f.advance(1990);
    expect(f.counts().Ok).toBe(1);
    await f.advance(3010);
    expect(f.counts().Ok).toBeGreaterThanOrEqual(2);
    await f.stop();
    expect(f.counts().Cleared).toBe(1);
    expect(f.config.getString('sip', 'refresh_window')).toBe('20-50');
    const before = f.counts().Ok;
    await f.core.start();
    await f.advance(5000);
    expect(f.counts().Ok).toBeGreaterThanOrEqual(before + 2);
  });

  it('registration 44: a send that fails after Ok: Progress once more, nothing worse', async () => {
    const f = await coreFixture();
    const config = await f.addConfig({ server: TCP, expires: 100 });
    let broken = false;
    f.links.network.fate = () => {
      if (broken) return 'deliver';
      broken = true;
      return 'reset';
    };
    await f.advance(89_000);
    expect(f.counts()).toMatchObject({ Progress: 1, Ok: 1 });
    await f.advance(2000);
    expect(f.counts()).toMatchObject({ Progress: 2, Ok: 2, Failed: 0, Cleared: 0 });
    expect(config.state).toBe(RegistrationState.Ok);
  });

  it('registration 45: four accounts over three transports, two of them identical', async () => {
    const f = await coreFixture();
    await f.addConfig({ server: 'sip:sip.example.org;transport=tls' });
    await f.addConfig({ server: TCP });
    await f.addConfig();
    await f.addConfig();
    expect(f.counts()).toMatchObject({ Ok: 4, Failed: 0 });
    const { flows } = f.links.registrar;
    expect(flows.map(({ protocol }) => protocol).toSorted()).toEqual(['tcp', 'tls', 'udp', 'udp']);
  });

  it('registration 46: transports reduced to UDP: its accounts Ok again, the others Failed', async () => {
    const f = await coreFixture();
    await f.addConfig({ server: 'sip:sip.example.org;transport=tls' });
    await f.addConfig({ server: TCP });
    await f.addConfig();
    f.core.transports = { udpPort: -1, tcpPort: 0, tlsPort: 0 };
    await f.settle();
    expect(f.counts()).toMatchObject({ Ok: 4, Failed: 2, Cleared: 0 });
  });

  it('registration 47: ports -2 register and are reported as such', async () => {
    const f = await coreFixture();
    await f.core.setTransports({ udpPort: -2, tcpPort: -2, tlsPort: 0 });
    expect(f.core.transportsUsed).toEqual({ udpPort: -2, tcpPort: -2, tlsPort: 0 });
    const config = await f.addConfig({ server: TCP });
    expect(f.counts().Ok).toBe(1);
    config.setServerAddr('sip:sip.example.org;transport=udp');
    await f.settle();
    expect(f.counts().Ok).toBe(2);
  });

  it('registration 48: another transport by edit: Ok, the old binding is removed unseen', async () => {
    const f = await coreFixture();
    const config = await f.addConfig();
    config.setServerAddr(TCP);
    await f.settle();
    expect(f.states).toEqual(['Progress', 'Ok', 'Progress', 'Ok']);
    const removed = f.links.registrar.requests.filter(({ headers }) => headers.expires === 0);
    expect(removed).toHaveLength(1);
  });

  it('registration 49: a dead UDP port, corrected by edit', async () => {
    const f = await coreFixture();
    const config = await f.addConfig({ server: 'sip:192.0.2.99' });
    await f.advance(7000);
    expect(f.counts().Ok).toBe(0);
    config.setServerAddr('sip:sip.example.org');
    await f.settle();
    const counts = f.counts();
    expect(counts).toMatchObject({ Ok: 1, Cleared: 0 });
    expect(counts.Progress).toBe(1 + counts.Failed);
    // The attempt at the dead port is over, and never heard of again.
    const sent: string[] = [];
    f.links.network.fate = ({ to }) => {
      sent.push(to.address);
      return 'deliver';
    };
    await f.advance(100_000);
    expect(sent).toEqual([]);
    expect(f.counts()).toEqual(counts);
  });

  it('registration 50: a dead TCP port: Failed once, None when disabled', async () => {
    const f = await coreFixture();
    const config = await f.addConfig({ server: 'sip:192.0.2.99;transport=tcp' });
    await f.advance(33_000);
    expect(f.counts().Failed).toBe(1);
    config.registerEnabled = false;
    await f.advance(33_000);
    expect(f.counts()).toEqual({
      None: 1,
      Progress: 1,
      Ok: 0,
      Cleared: 0,
      Failed: 1,
      Refreshing: 0,
    });
  });

  it('registration 51: a shorter lifetime by edit', async () => {
    const f = await coreFixture();
    const config = await f.addConfig();
    config.expires = 3;
    await f.settle();
    expect(f.counts().Ok).toBe(2);
    await f.advance(2000);
    expect(f.counts().Ok).toBe(2);
    await f.advance(1000);
    expect(f.counts().Ok).toBe(3);
  });

  it('registration 52: network off: None once each; on: all Ok again', async () => {
    const f = await coreFixture();
    const heard: boolean[] = [];
    f.core.addListener({ onNetworkReachable: (_core, reachable) => heard.push(reachable) });
    await f.addConfig();
    await f.addConfig({ server: TCP });
    f.core.networkReachable = false;
    await f.advance(1000);
    expect(f.counts()).toMatchObject({ None: 2, Progress: 2 });
    f.core.networkReachable = true;
    await f.settle();
    expect(f.counts()).toMatchObject({ Ok: 4, Progress: 4 });
    expect(heard).toEqual([false, true]);
  });

  it('network off and on at once is effective', async () => {
    const f = await coreFixture();
    await f.addConfig();
    f.core.networkReachable = false;
    f.core.networkReachable = true;
    await f.settle();
    expect(f.states).toEqual(['Progress', 'Ok', 'None', 'Progress', 'Ok']);
    const [first, second] = f.links.registrar.requests;
    expect(second?.headers.callId).not.toBe(first?.headers.callId);
  });

  it('registration 53, 54: end of file: Progress once more per stream account, Ok again at once', async () => {
    const f = await coreFixture();
    await f.addConfig({ server: TCP });
    await f.addConfig({ server: 'sip:sip.example.org;transport=tls' });
    await f.addConfig();
    f.links.network.breakConnections();
    await f.settle();
    expect(f.counts()).toMatchObject({ Progress: 5, Failed: 0, Ok: 5 });
  });

  it('registration 55: with sends failing too: Progress, Failed, Ok at the retry period', async () => {
    const f = await coreFixture();
    await f.addConfig({ server: TCP });
    await f.addConfig();
    f.links.network.reception = () => 'refuse';
    f.links.network.breakConnections();
    await f.advance(1000);
    expect(f.counts()).toMatchObject({ Progress: 3, Failed: 1 });
    f.links.network.reception = () => 'accept';
    await f.advance(60_000);
    expect(f.counts()).toMatchObject({ Ok: 3, Failed: 1 });
  });

  it('registration 62: silent for too long, ensureRegistered makes a new connection', async () => {
    const f = await coreFixture();
    f.config.setInt('sip', 'unreliable_connection_timeout', 3);
    f.config.setInt('sip', 'keepalive_period', 0);
    f.links.client.keepAlive.stop();
    f.links.network.answersPings = false;
    await f.addConfig({ server: TCP });
    await f.advance(4000);
    f.core.ensureRegistered();
    await f.settle();
    expect(f.counts().Ok).toBe(2);
  });

  it('registration 62: the same over UDP, whose address behind a NAT is lost as well', async () => {
    const f = await coreFixture();
    await f.addConfig();
    await f.advance(121_000);
    f.core.ensureRegistered();
    await f.settle();
    expect(f.states).toEqual(['Progress', 'Ok', 'Progress', 'Ok']);
    await f.advance(60_000);
    expect([...f.links.client.transport.flows()]).toHaveLength(1);
  });

  it('registration 63: a custom contact is registered and withdrawn', async () => {
    const f = await coreFixture();
    const { account } = await f.addConfig();
    const params = account.params;
    params.customContact = Address.parse('<sip:second@192.0.2.77>;q=0.5');
    account.setParams(params);
    await f.settle();
    const contacts = (): readonly string[] =>
      f.links.registrar.lastRequest?.headers.getAll('Contact') ?? [];
    expect(contacts()[1]).toBe('<sip:second@192.0.2.77>;q=0.5');
    expect(f.counts().Ok).toBe(2);
    params.customContact = null;
    account.setParams(params);
    await f.settle();
    expect(contacts()[1]).toBe('<sip:second@192.0.2.77>;q=0.5;expires=0');
    expect(f.counts().Ok).toBe(3);
  });
});

it('listeners of account and core both hear one change, the account first', async () => {
  const f = await coreFixture();
  const heard: string[] = [];
  const config = f.makeConfig();
  config.account.addListener({ onRegistrationStateChanged: () => heard.push('account') });
  f.core.addListener({
    onAccountRegistrationStateChanged: () => heard.push('core'),
    onRegistrationStateChanged: (_core, changed) => heard.push(changed === config ? 'config' : '?'),
  });
  f.links.registrar.answerNext(challenge(), refuse(403));
  f.core.addProxyConfig(config);
  await f.links.clock.advanceToNextAsync();
  expect(heard.slice(0, 3)).toEqual(['account', 'core', 'config']);
});

it('privacy: the user part is hidden, `id` names the preferred identity', async () => {
  const f = await coreFixture();
  const config = f.makeConfig();
  config.privacy = 8;
  f.core.addProxyConfig(config);
  await f.settle();
  const headers = f.links.registrar.lastRequest?.headers;
  expect(headers?.get('Contact')).toMatch(/^<sip:198/);
  expect(headers?.get('P-Preferred-Identity')).toBe('<sip:alice@sip.example.org>');
  expect(headers?.from.uri.user).toBe('alice');
});

it('the identity of From and To says who, not how to get there', async () => {
  const f = await coreFixture();
  await f.addConfig({
    identity: '"Al" <sip:alice@sip.example.org:5070;transport=tcp;x=1?Subject=y>',
  });
  const request = f.links.registrar.lastRequest;
  expect(request?.headers.get('To')).toBe('"Al" <sip:alice@sip.example.org;x=1>');
  expect(request?.requestUri).toBe('sip:sip.example.org:5070;transport=tcp;x=1');
});

it('C20: a long message stays on UDP', async () => {
  const f = await coreFixture();
  const config = f.makeConfig();
  config.setCustomHeader('X-Long', 'x'.repeat(3000));
  f.core.addProxyConfig(config);
  await f.settle();
  expect(f.links.registrar.flows[0]?.protocol).toBe('udp');
});

describe('keep-alive', () => {
  const outbound = accept({ headers: [['Supported', 'outbound']] });

  it('connections that no account needs any more are not kept open', async () => {
    const f = await coreFixture();
    const config = await f.addConfig({ server: TCP });
    const [old] = f.links.client.transport.flows();
    const pings = vi.fn(() => {});
    if (old !== undefined) old.sendKeepAlive = pings;
    await f.advance(65_000);
    expect(pings).toHaveBeenCalledTimes(2);
    config.setServerAddr('sip:sip.example.org');
    await f.advance(300_000);
    expect(pings).toHaveBeenCalledTimes(2);
  });

  it('registration 88: no pong was ever seen: the connection stays', async () => {
    const f = await coreFixture();
    f.links.registrar.answerAll(outbound);
    f.links.network.answersPings = false;
    await f.addConfig({ server: TCP });
    await f.advance(300_000);
    expect(f.states).toEqual(['Progress', 'Ok']);
  });

  it('registration 88: a pong was seen and is missing: dropped and registered again', async () => {
    const f = await coreFixture();
    f.links.registrar.answerAll(outbound);
    await f.addConfig({ server: TCP });
    await f.advance(65_000);
    f.links.network.answersPings = false;
    await f.advance(60_000);
    expect(f.states).toEqual(['Progress', 'Ok', 'Progress', 'Ok']);
  });

  it('registration 88: a server without outbound is never dropped', async () => {
    const f = await coreFixture();
    await f.addConfig({ server: TCP });
    await f.advance(65_000);
    f.links.network.answersPings = false;
    await f.advance(300_000);
    expect(f.states).toEqual(['Progress', 'Ok']);
  });
});

it('registration 90: the next SRV target is tried when the first is dead', async () => {
  const f = await coreFixture();
  f.links.dns.set('a.example.org', '192.0.2.99').set('b.example.org', '192.0.2.10');
  f.links.dns.setSrv(
    '_sip._tcp.srv.example.org',
    { target: 'a.example.org', port: 5060, priority: 1, weight: 0 },
    { target: 'b.example.org', port: 5060, priority: 2, weight: 0 },
  );
  await f.addConfig({ server: 'sip:srv.example.org;transport=tcp' });
  expect(f.states).toEqual(['Progress', 'Ok']);
});
