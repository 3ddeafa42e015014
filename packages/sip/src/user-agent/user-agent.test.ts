import { afterEach, describe, expect, it } from 'vitest';
import { createResponse } from '../message/response.ts';
import { sipUri } from '../message/uri.ts';
import { FakeDns } from '../testing/fake-dns.ts';
import { sampleRequest } from '../testing/sample-request.ts';
import { SocketLab } from '../testing/socket-lab.ts';
import { systemClock } from '../time/system-clock.ts';
import { systemRandom } from '../time/system-random.ts';
import { createResolver } from '../transport/dns/resolver.ts';
import { createTransportLayer } from '../transport/transport-layer.ts';
import { createUserAgent, type UserAgentOptions } from './user-agent.ts';
import type { SocketTransportLayer } from '../transport/transport-layer.ts';

const lab = new SocketLab();
afterEach(() => lab.tidy());

type Options = Partial<UserAgentOptions<SocketTransportLayer>>;

/** A user agent over real sockets, whose name server knows `sip.example.org` as loopback. */
function realAgent(options: Options = {}) {
  const parts = { clock: systemClock, random: systemRandom };
  const agent = createUserAgent({
    ...parts,
    resolver: createResolver({ ...parts, dns: new FakeDns().set('sip.example.org', '127.0.0.1') }),
    createTransport: (listener) =>
      createTransportLayer({ ...parts, listener, tls: () => lab.trust }),
    ...options,
  });
  lab.onEnd(() => agent.close());
  return agent;
}

describe('user agent', () => {
  it.each(['udp', 'tcp', 'tls', 'wss'] as const)(
    'resolves, connects, asks and hears over %s, and answers at the other end',
    async (protocol) => {
      const server = realAgent({
        onRequest: (request, _flow, respond) => respond(createResponse(request, 202)),
      });
      const { port } = await listenOn(server.transport, protocol);
      const client = realAgent();
      const uri = sipUri({ host: 'sip.example.org', port });
      const status = await new Promise<number | string>((resolve) => {
        client.requests.send(
          { uri, protocol, certificateName: uri.host },
          () => ({ ...sampleRequest(), headers: sampleRequest().headers.without('Via') }),
          {
            onResponse: (response) => resolve(response.status),
            onTimeout: () => resolve('timeout'),
            onTransportError: (error) => resolve(error.message),
          },
        );
      });
      expect(status).toBe(202);
    },
  );

  it('reports a connection that is lost, after the request on it has failed', async () => {
    const told: string[] = [];
    const server = realAgent({ onRequest: (_request, flow) => flow.close() });
    const { port } = await listenOn(server.transport, 'tcp');
    await new Promise<void>((resolve) => {
      const client = realAgent({
        onFlowClosed() {
          told.push('flow closed');
          resolve();
        },
      });
      const uri = sipUri({ host: '127.0.0.1', port });
      client.requests.send(
        { uri, protocol: 'tcp', certificateName: uri.host },
        () => ({ ...sampleRequest(), headers: sampleRequest().headers.without('Via') }),
        {
          onResponse: () => told.push('response'),
          onTimeout: () => told.push('timeout'),
          onTransportError: () => told.push('transport error'),
        },
      );
    });
    expect(told).toEqual(['transport error', 'flow closed']);
  });
});

async function listenOn(transport: SocketTransportLayer, protocol: 'udp' | 'tcp' | 'tls' | 'wss') {
  if (protocol === 'wss') {
    const [http, address] = await lab.httpServer(true);
    transport.acceptWebSockets(http);
    return address;
  }
  const certificate = lab.authority.issue('sip.example.org');
  return transport.listen({ protocol, host: '127.0.0.1', port: 0, certificate });
}
