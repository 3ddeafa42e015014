import { describe, expect, it } from 'vitest';
import type { SipResponse } from '../message/message.ts';
import { createRequest } from '../message/request.ts';
import { sipUri } from '../message/uri.ts';
import { refuse, silence } from '../testing/fake-answers.ts';
import { type LinkedTransports, linkedTransports } from '../testing/linked-transports.ts';
import { TransportError } from '../transport/transport-error.ts';
import type { NextHop, TransportProtocol } from '../transport/transport.ts';
import type { FailoverRules, RequestBuilder } from './pending-request.ts';

function hop(protocol: TransportProtocol, host = 'sip.example.org', port?: number): NextHop {
  const uri = sipUri({ host, ...(port !== undefined && { port }) });
  return { uri, protocol, certificateName: host };
}

const buildOptions: RequestBuilder = (flow) =>
  createRequest('OPTIONS', 'sip:sip.example.org', [
    ['From', '<sip:alice@example.org>;tag=a'],
    ['To', '<sip:sip.example.org>'],
    ['Call-ID', 'call'],
    ['CSeq', '20 OPTIONS'],
    ['Max-Forwards', '70'],
    ['X-Local', `${flow.local.address}:${flow.local.port}`],
  ]);

/** Sends one request and notes what its handler is told. */
function send({ sender }: LinkedTransports, to: NextHop, failover?: FailoverRules) {
  const told: string[] = [];
  const responses: SipResponse[] = [];
  const pending = sender.send(
    to,
    buildOptions,
    {
      onProvisional: (response) => told.push(`${response.status}`),
      onResponse(response, flow) {
        responses.push(response);
        told.push(`${response.status} from ${flow.remote.address}`);
      },
      onTimeout: (flow) => told.push(`timeout of ${flow.remote.address}`),
      onTransportError: (error) =>
        told.push(error instanceof TransportError ? error.code : `${error}`),
    },
    failover,
  );
  return { told, responses, pending };
}

describe('request sender', () => {
  it.each(['udp', 'tcp', 'tls', 'ws', 'wss'] as const)(
    'sends and hears back over %s',
    async (p) => {
      const world = linkedTransports();
      const { told } = send(world, hop(p));
      await world.clock.settle();
      expect(told).toEqual(['200 from 192.0.2.10']);
    },
  );

  it('puts its own Via on top, with a new branch each time', async () => {
    const world = linkedTransports();
    send(world, hop('udp'));
    send(world, hop('udp'));
    await world.clock.settle();
    const vias = world.registrar.requests.map((request) => request.headers.via[0]);
    expect(vias[0]).toMatchObject({ transport: 'UDP', host: '198.51.100.7', port: 5060 });
    expect(vias[0]?.params.get('branch')).toMatch(/^z9hG4bK\.[A-Za-z0-9]{22}$/);
    expect(vias[0]?.params.get('rport')).toBe('5060');
    expect(vias[0]?.params.has('alias')).toBe(false);
    expect(vias[1]?.params.get('branch')).not.toBe(vias[0]?.params.get('branch'));
  });

  it('sends at once over an open flow to an address', async () => {
    const world = linkedTransports();
    const to = hop('tcp', '192.0.2.10', 5060);
    send(world, to);
    await world.clock.settle();
    send(world, to);
    expect(world.client.transactions.clientCount).toBe(1);
    await world.clock.settle();
    expect(world.registrar.requests).toHaveLength(2);
  });

  it('tells of a request that cannot be built, with and without an open flow', async () => {
    const world = linkedTransports();
    const to = hop('tcp', '192.0.2.10', 5060);
    const told: string[] = [];
    const unbuildable = (): void => {
      world.sender.send(
        to,
        () => {
          throw new Error('no such header');
        },
        {
          onResponse: () => told.push('response'),
          onTimeout: () => told.push('timeout'),
          onTransportError: (error) => told.push(error.message),
        },
      );
    };
    unbuildable();
    await world.clock.settle();
    unbuildable();
    expect(told).toEqual(['no such header', 'no such header']);
  });

  it('asks for connection reuse when the next hop names TCP or TLS', async () => {
    const world = linkedTransports();
    const uri = sipUri({ host: 'sip.example.org', params: new Map([['transport', 'tls']]) });
    send(world, { uri, protocol: 'tls', certificateName: 'sip.example.org' });
    await world.clock.settle();
    expect(world.registrar.lastRequest?.headers.via[0]?.params.get('alias')).toBeNull();
  });

  it('shares one connection, and one attempt to open it', async () => {
    const world = linkedTransports();
    send(world, hop('tcp'));
    send(world, hop('tcp'));
    await world.clock.settle();
    send(world, hop('tcp'));
    await world.clock.settle();
    expect(new Set(world.registrar.flows).size).toBe(1);
    send(world, { ...hop('tcp'), isolationKey: 'sip:bob@example.org' });
    await world.clock.settle();
    expect(new Set(world.registrar.flows).size).toBe(2);
  });

  it('registration 22: passes over a dead first address, by connection refused and by silence', async () => {
    const world = linkedTransports();
    world.dns.set('multi.example.org', '192.0.2.99', '192.0.2.10');
    const tcp = send(world, hop('tcp', 'multi.example.org'));
    const udp = send(world, hop('udp', 'multi.example.org'));
    await world.clock.settle();
    expect(tcp.told).toEqual(['200 from 192.0.2.10']);
    expect(udp.told).toEqual([]);
    await world.clock.advanceAsync(32_000);
    expect(udp.told).toEqual(['200 from 192.0.2.10']);
    const again = send(world, hop('udp', 'multi.example.org'));
    await world.clock.settle();
    expect(again.told).toEqual(['200 from 192.0.2.10']);
  });

  it('registration 90: fails over along SRV on 503, and reports the last one', async () => {
    const world = linkedTransports();
    const second = world.addRegistrar('192.0.2.20');
    world.network.latencyMs = 5;
    world.dns.set('a.example.org', '192.0.2.10').set('b.example.org', '192.0.2.20');
    world.dns.setSrv(
      '_sip._udp.service.example.org',
      { target: 'a.example.org', port: 5060, priority: 1 },
      { target: 'b.example.org', port: 5060, priority: 2 },
    );
    world.registrar.answerAll(refuse(503));
    const first = send(world, hop('udp', 'service.example.org'));
    await world.clock.advanceAsync(20);
    expect(first.told).toEqual(['200 from 192.0.2.20']);
    second.answerAll(refuse(503));
    const other = send(world, hop('udp', 'service.example.org'));
    await world.clock.advanceAsync(20);
    expect(other.told).toEqual(['503 from 192.0.2.10']);
    const strict = send(world, hop('udp', 'service.example.org'), { statuses: [], timeout: false });
    await world.clock.advanceAsync(20);
    expect(strict.told).toHaveLength(1);
  });

  it('reports resolution and connection failures', async () => {
    const world = linkedTransports();
    const unknown = send(world, hop('udp', 'nowhere.example.org'));
    const refused = send(world, hop('tcp', '192.0.2.99'));
    world.network.reception = (target) => (target.protocol === 'tls' ? 'silence' : 'accept');
    const silent = send(world, hop('tls'));
    await world.clock.settle();
    expect(unknown.told).toEqual(['SIP_DNS_NOT_FOUND']);
    expect(refused.told).toEqual(['SIP_CONNECT_FAILED']);
    expect(silent.told).toEqual([]);
    await world.clock.advanceAsync(15_000);
    expect(silent.told).toEqual(['SIP_CONNECT_TIMEOUT']);
    expect(world.clock.pending).toBe(0);
  });

  it('times out after 32 s of a ready flow', async () => {
    const world = linkedTransports();
    world.registrar.answerAll(silence);
    const { told } = send(world, hop('udp'));
    await world.clock.advanceAsync(31_999);
    expect(told).toEqual([]);
    await world.clock.advanceAsync(1);
    expect(told).toEqual(['timeout of 192.0.2.10']);
  });

  it('calls a connection lost that swallows a request in silence', async () => {
    const world = linkedTransports();
    world.registrar.answerAll(silence);
    const { told } = send(world, hop('tcp'));
    await world.clock.advanceAsync(32_000);
    expect(told).toEqual(['SIP_FLOW_BROKEN']);
    expect(world.network.openEnds).toBe(0);
  });

  it('reports a connection that breaks under a request at once', async () => {
    const world = linkedTransports();
    const first = send(world, hop('tcp'));
    await world.clock.settle();
    world.registrar.answerAll(silence);
    const second = send(world, hop('tcp'));
    await world.clock.settle();
    world.network.breakConnections(new Error('reset'));
    expect(first.told).toEqual(['200 from 192.0.2.10']);
    expect(second.told).toHaveLength(1);
    expect(world.client.transactions.clientCount).toBe(0);
  });

  it('survives loss, duplication and reordering on UDP', async () => {
    const world = linkedTransports();
    let packets = 0;
    world.network.fate = () => {
      packets += 1;
      if (packets % 3 === 1) return 'drop';
      return packets % 3 === 2 ? 'duplicate' : { delayMs: 700 };
    };
    const sent = Array.from({ length: 20 }, () => send(world, hop('udp')));
    await world.clock.advanceAsync(64_000);
    expect(sent.flatMap(({ told }) => told)).toEqual(sent.map(() => '200 from 192.0.2.10'));
    expect(world.registrar.requests).toHaveLength(20);
  });

  it.each([
    ['while resolving', 'silent.example.org', 0],
    ['while connecting', 'blocked.example.org', 0],
    ['while waiting', 'sip.example.org', 700],
  ])('leaves no timer after an abort %s', async (_when, host, afterMs) => {
    const world = linkedTransports();
    world.dns.silence('silent.example.org').set('blocked.example.org', '192.0.2.30');
    world.addRegistrar('192.0.2.30').answerAll(silence);
    world.network.reception = (_target, { uri }) =>
      uri.host === 'blocked.example.org' ? 'silence' : 'accept';
    world.registrar.answerAll(silence);
    for (const protocol of ['udp', 'tcp'] as const) {
      const { told, pending } = send(world, hop(protocol, host));
      await world.clock.advanceAsync(afterMs);
      pending.abort();
      await world.clock.settle();
      expect(told).toEqual([]);
    }
    expect(world.client.transactions.clientCount).toBe(0);
    expect(world.clock.pending).toBe(0);
  });

  it('leaves nothing behind after a hundred thousand transactions', async () => {
    const world = linkedTransports();
    const uri = sipUri({ host: '192.0.2.10' });
    let answered = 0;
    const handler = {
      onResponse: () => (answered += 1),
      onTimeout: () => {},
      onTransportError: () => {},
    };
    for (let batch = 0; batch < 100; batch += 1) {
      for (let i = 0; i < 1000; i += 1) {
        const protocol = i % 2 === 0 ? 'udp' : 'tcp';
        const to = { uri, protocol, certificateName: '192.0.2.10' } as const;
        world.sender.send(to, buildOptions, handler);
      }
      await world.clock.settle();
      world.registrar.requests.length = 0;
      world.registrar.flows.length = 0;
      world.clock.advance(1000);
    }
    world.clock.advance(32_000);
    expect(answered).toBe(100_000);
    expect(world.clock.pending).toBe(0);
    expect(world.client.transactions.clientCount).toBe(0);
    expect(world.registrar.transactions.serverCount).toBe(0);
    await world.client.close();
    await world.clock.settle();
    expect(world.network.openEnds).toBe(0);
  }, 60_000);
});
