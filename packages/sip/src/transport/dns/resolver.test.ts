import { describe, expect, it } from 'vitest';
import { sipUri } from '../../message/uri.ts';
import { FakeClock } from '../../testing/fake-clock.ts';
import { FakeDns } from '../../testing/fake-dns.ts';
import { fakeRandom } from '../../testing/fake-random.ts';
import { isTransportError } from '../transport-error.ts';
import type { TransportProtocol } from '../transport.ts';
import type { Dns } from './dns.ts';
import { createResolver, type ResolverSettings } from './resolver.ts';

function setUp(settings: Partial<ResolverSettings> = {}) {
  const clock = new FakeClock(0);
  const dns = new FakeDns();
  const resolver = createResolver({ clock, random: fakeRandom(), dns, settings: () => settings });
  const ask = async (
    host: string,
    options: { protocol?: TransportProtocol; port?: number; maddr?: string } = {},
    signal?: AbortSignal,
  ): Promise<string> => {
    const { protocol = 'udp', port, maddr } = options;
    const params = new Map(maddr === undefined ? [] : [['maddr', maddr] as const]);
    const uri = sipUri({ host, params, ...(port !== undefined && { port }) });
    try {
      const targets = await resolver.resolve({ uri, protocol, certificateName: host }, signal);
      return targets.map(({ remote }) => `${remote.address} ${remote.port}`).join(', ');
    } catch (error) {
      return isTransportError(error) ? error.code : String(error);
    }
  };
  return { clock, dns, ask };
}

/** Answers of one kind never come. */
function withSilent(dns: Dns, question: keyof Dns): Dns {
  const asked = {
    resolve4: (name: string) => dns.resolve4(name),
    resolve6: (name: string) => dns.resolve6(name),
    resolveSrv: (name: string) => dns.resolveSrv(name),
  };
  return { ...asked, [question]: () => new Promise(() => {}) };
}

describe('resolver', () => {
  it('spells an IPv6 address in one way, so that its flow is found again', async () => {
    const { ask } = setUp();
    expect(await ask('2001:DB8:0::1')).toBe('2001:db8::1 5060');
    expect(await ask('::ffff:c000:201')).toBe('192.0.2.1 5060');
  });

  it('takes IP addresses as they are', async () => {
    const { ask, dns } = setUp();
    expect(await ask('192.0.2.1')).toBe('192.0.2.1 5060');
    expect(await ask('192.0.2.1', { protocol: 'tls' })).toBe('192.0.2.1 5061');
    expect(await ask('2001:db8::1', { port: 5080 })).toBe('2001:db8::1 5080');
    expect(dns.questions).toEqual([]);
  });

  it('asks only for addresses when a port is given, SRV is disabled, or the transport is WebSocket', async () => {
    const { ask, dns } = setUp();
    dns.set('sip.example.org', '192.0.2.1');
    expect(await ask('sip.example.org', { port: 5070 })).toBe('192.0.2.1 5070');
    expect(await ask('sip.example.org', { protocol: 'wss' })).toBe('192.0.2.1 443');
    const disabled = setUp({ srv: false });
    disabled.dns.set('sip.example.org', '192.0.2.1');
    expect(await disabled.ask('sip.example.org')).toBe('192.0.2.1 5060');
    expect([...dns.questions, ...disabled.dns.questions].join()).not.toContain('SRV');
  });

  it.each([
    ['udp', '_sip._udp.'],
    ['tcp', '_sip._tcp.'],
    ['tls', '_sips._tcp.'],
  ] as const)('asks SRV of %s by %s and lets it win', async (protocol, prefix) => {
    const { ask, dns } = setUp();
    dns.set('example.org', '192.0.2.1').set('a.example.org', '192.0.2.2', '192.0.2.3');
    dns.setSrv(`${prefix}example.org`, { target: 'a.example.org', port: 5090 });
    expect(await ask('example.org', { protocol })).toBe('192.0.2.2 5090, 192.0.2.3 5090');
  });

  it('concatenates SRV targets by priority and passes over those without address', async () => {
    const { ask, dns } = setUp();
    dns.set('b.example.org', '192.0.2.2').set('c.example.org', '192.0.2.3');
    dns.setSrv(
      '_sip._udp.example.org',
      { target: 'c.example.org', port: 1, priority: 30 },
      { target: 'b.example.org', port: 2, priority: 20 },
      { target: 'gone.example.org', port: 3, priority: 10 },
    );
    expect(await ask('example.org')).toBe('192.0.2.2 2, 192.0.2.3 1');
  });

  it('falls back to the address when the service is not offered', async () => {
    const { ask, dns } = setUp();
    dns.set('example.org', '192.0.2.1');
    dns.setSrv('_sip._udp.example.org', { target: '.', port: 0 });
    expect(await ask('example.org')).toBe('192.0.2.1 5060');
  });

  it('waits 3 s for SRV once it has an address', async () => {
    const { clock, dns } = setUp();
    dns.set('example.org', '192.0.2.1');
    const resolver = createResolver({
      clock,
      random: fakeRandom(),
      dns: withSilent(dns, 'resolveSrv'),
    });
    let found: unknown;
    const uri = sipUri({ host: 'example.org' });
    void resolver
      .resolve({ uri, protocol: 'udp', certificateName: '' })
      .then((targets) => (found = targets.length));
    await clock.advanceAsync(2999);
    expect(found).toBeUndefined();
    await clock.advanceAsync(1);
    expect(found).toBe(1);
    expect(clock.pending).toBe(0);
  });

  it('waits 3 s for AAAA once it has A', async () => {
    const { clock, dns } = setUp();
    dns.set('example.org', '192.0.2.1', '2001:db8::1');
    const resolver = createResolver({
      clock,
      random: fakeRandom(),
      dns: withSilent(dns, 'resolve6'),
    });
    let found: unknown;
    const uri = sipUri({ host: 'example.org', port: 5060 });
    void resolver
      .resolve({ uri, protocol: 'udp', certificateName: '' })
      .then((targets) => (found = targets.length));
    await clock.advanceAsync(2999);
    expect(found).toBeUndefined();
    await clock.advanceAsync(1);
    expect(found).toBe(1);
  });

  it('registration 64: puts IPv6 first, or last, or leaves it out', async () => {
    for (const [settings, expected] of [
      [{}, '2001:db8::1 5060, 192.0.2.1 5060'],
      [{ preferIpv6: false }, '192.0.2.1 5060, 2001:db8::1 5060'],
      [{ ipv6: false }, '192.0.2.1 5060'],
    ] as const) {
      const { ask, dns } = setUp(settings);
      dns.set('example.org', '192.0.2.1', '2001:db8::1');
      expect(await ask('example.org')).toBe(expected);
    }
  });

  it('resolves maddr in place of the host', async () => {
    const { ask, dns } = setUp();
    dns.set('other.example.org', '192.0.2.9');
    expect(await ask('example.org', { maddr: 'other.example.org' })).toBe('192.0.2.9 5060');
    expect(await ask('example.org', { maddr: '192.0.2.8', port: 5070 })).toBe('192.0.2.8 5070');
  });

  it('tells unknown names, failing and silent name servers apart', async () => {
    const { ask, dns, clock } = setUp();
    dns.fail('fails.example.org').silence('silent.example.org');
    expect(await ask('unknown.example.org')).toBe('SIP_DNS_NOT_FOUND');
    expect(await ask('fails.example.org')).toBe('SIP_DNS_FAILED');
    const silent = ask('silent.example.org');
    await clock.advanceAsync(15_000);
    expect(await silent).toBe('SIP_DNS_TIMEOUT');
    expect(clock.pending).toBe(0);
  });

  it('leaves no timer when given up', async () => {
    const { ask, dns, clock } = setUp();
    dns.silence('silent.example.org');
    const controller = new AbortController();
    const asked = ask('silent.example.org', {}, controller.signal);
    await clock.advanceAsync(100);
    controller.abort('enough');
    expect(await asked).toBe('enough');
    expect(clock.pending).toBe(0);
    expect(await ask('192.0.2.1', {}, controller.signal)).toBe('enough');
  });

  it('remembers answers for their TTL, and longer while nobody answers', async () => {
    const { ask, dns, clock } = setUp({ srv: false, ipv6: false });
    dns.ttlSeconds = 60;
    dns.set('example.org', '192.0.2.1');
    await ask('example.org');
    clock.advance(59_999);
    dns.set('example.org', '192.0.2.2');
    expect(await ask('EXAMPLE.org')).toBe('192.0.2.1 5060');
    expect(dns.questions).toHaveLength(1);
    clock.advance(1);
    expect(await ask('example.org')).toBe('192.0.2.2 5060');
    clock.advance(60_000);
    dns.fail('example.org');
    expect(await ask('example.org')).toBe('192.0.2.2 5060');
    dns.set('example.org');
    expect(await ask('example.org')).toBe('SIP_DNS_NOT_FOUND');
  });

  it('asks once for several askers', async () => {
    const { ask, dns } = setUp({ srv: false, ipv6: false });
    dns.set('example.org', '192.0.2.1');
    await Promise.all([ask('example.org'), ask('example.org')]);
    expect(dns.questions).toEqual(['A example.org']);
  });
});
