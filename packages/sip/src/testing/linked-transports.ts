import type { Random } from '../time/random.ts';
import { createResolver, type ResolverSettings } from '../transport/dns/resolver.ts';
import type { Flow } from '../transport/transport.ts';
import type { RequestSender } from '../user-agent/pending-request.ts';
import { createUserAgent, type UserAgent } from '../user-agent/user-agent.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeDns } from './fake-dns.ts';
import { FakeNetwork } from './fake-network.ts';
import { fakeRandom } from './fake-random.ts';
import { FakeRegistrar } from './fake-registrar.ts';
import type { FakeTransport } from './fake-transport.ts';

export interface LinkedTransportsOptions {
  readonly clock?: FakeClock;
  readonly random?: Random;
  /** The client's own address; default `198.51.100.7`, listening on UDP 5060. */
  readonly clientAddress?: string;
  /** How the registrar sees it; set for a NAT. */
  readonly clientPublicAddress?: string;
  readonly resolverSettings?: () => Partial<ResolverSettings>;
  readonly onFlowClosed?: (flow: Flow, error: Error | undefined) => void;
  readonly onPong?: (flow: Flow) => void;
  readonly isNeeded?: (flow: Flow) => boolean;
}

export interface LinkedTransports {
  readonly clock: FakeClock;
  readonly random: Random;
  readonly network: FakeNetwork;
  /** Knows `sip.example.org`, the registrar, already. */
  readonly dns: FakeDns;
  readonly client: UserAgent<FakeTransport>;
  /** `client.requests`. */
  readonly sender: RequestSender;
  readonly registrar: FakeRegistrar;
  /** One more registrar; give it a name with `dns.set`. */
  addRegistrar(address: string): FakeRegistrar;
}

/** A client and a registrar in one memory, under one clock, with the real layers between them. */
export function linkedTransports(options: LinkedTransportsOptions = {}): LinkedTransports {
  const clock = options.clock ?? new FakeClock();
  const random = options.random ?? fakeRandom();
  const network = new FakeNetwork(clock);
  const dns = new FakeDns().set('sip.example.org', '192.0.2.10');
  const { clientAddress = '198.51.100.7', resolverSettings, onFlowClosed, onPong } = options;
  const { isNeeded } = options;
  const client = createUserAgent({
    clock,
    random,
    resolver: createResolver({
      clock,
      random,
      dns,
      ...(resolverSettings && { settings: resolverSettings }),
    }),
    createTransport: (listener) =>
      network.attach(clientAddress, listener, options.clientPublicAddress),
    ...(onFlowClosed && { onFlowClosed }),
    ...(onPong && { onPong }),
    ...(isNeeded && { isNeeded }),
  });
  client.transport.listenTo('udp', 5060);
  const addRegistrar = (address: string): FakeRegistrar =>
    new FakeRegistrar(network, address, clock);
  return {
    clock,
    random,
    network,
    dns,
    client,
    sender: client.requests,
    registrar: addRegistrar('192.0.2.10'),
    addRegistrar,
  };
}
