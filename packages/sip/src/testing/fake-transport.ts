import { within } from '../time/within.ts';
import { FlowPool } from '../transport/flow-pool.ts';
import { DEFAULT_LIMITS } from '../transport/limits.ts';
import { TransportError } from '../transport/transport-error.ts';
import type {
  Flow,
  FlowListener,
  ListenOptions,
  NextHop,
  ResolvedTarget,
  SocketAddress,
  TransportLayer,
  TransportProtocol,
} from '../transport/transport.ts';
import { FakeFlow } from './fake-flow.ts';
import type { FakeNetwork } from './fake-network.ts';

export interface FakeTransportFacts {
  readonly address: string;
  readonly publicAddress: string;
  readonly listener: FlowListener;
}

/** The transport layer of one machine in a `FakeNetwork`. */
export class FakeTransport implements TransportLayer {
  readonly network: FakeNetwork;
  readonly address: string;
  readonly publicAddress: string;
  readonly listener: FlowListener;
  readonly #pool: FlowPool;
  readonly #accepted = new Set<Flow>();
  readonly #listening = new Set<string>();
  #lastPort = 40_000;

  constructor(network: FakeNetwork, facts: FakeTransportFacts) {
    this.network = network;
    this.address = facts.address;
    this.publicAddress = facts.publicAddress;
    this.listener = facts.listener;
    this.#pool = new FlowPool((target, hop, signal) => this.#open(target, hop, signal));
  }

  listen({ protocol, port }: ListenOptions): Promise<SocketAddress> {
    return Promise.resolve(this.listenTo(protocol, port));
  }

  /** As `listen`, at once, and for WebSocket too. */
  listenTo(protocol: TransportProtocol, port: number): SocketAddress {
    const bound = { address: this.address, port: port === 0 ? this.#nextPort() : port };
    this.#listening.add(`${protocol} ${bound.port}`);
    return bound;
  }

  listensOn(protocol: TransportProtocol, port: number): boolean {
    return this.#listening.has(`${protocol} ${port}`);
  }

  unlisten({ port }: SocketAddress, protocol: TransportProtocol): Promise<void> {
    this.#listening.delete(`${protocol} ${port}`);
    return Promise.resolve();
  }

  find(target: ResolvedTarget, hop: NextHop): Flow | undefined {
    return this.#pool.find(target, hop);
  }

  connect(target: ResolvedTarget, hop: NextHop, signal?: AbortSignal): Promise<Flow> {
    return this.#pool.connect(target, hop, signal);
  }

  *flows(): Iterable<Flow> {
    yield* this.#accepted;
    yield* this.#pool.flows();
  }

  disconnect(): void {
    this.#pool.disconnect();
    for (const flow of this.#accepted) flow.close();
  }

  close(): Promise<void> {
    this.#listening.clear();
    this.disconnect();
    this.#pool.close();
    return Promise.resolve();
  }

  forget(flow: FakeFlow): void {
    this.#accepted.delete(flow);
    this.#pool.forget(flow);
    this.network.closed(flow);
  }

  async #open(target: ResolvedTarget, hop: NextHop, signal: AbortSignal): Promise<Flow> {
    const { protocol, remote } = target;
    const peer = this.network.listenerAt(protocol, remote);
    if (protocol !== 'udp') await this.#handshake(target, hop, peer, signal);
    const local = { address: this.address, port: this.#portFor(protocol) };
    const flow = new FakeFlow({ protocol, local, remote, accepted: false }, this);
    this.network.opened(flow);
    if (protocol !== 'udp' && peer !== undefined) peer.#accept(flow);
    return flow;
  }

  async #handshake(
    target: ResolvedTarget,
    hop: NextHop,
    peer: FakeTransport | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const reception = this.network.reception(target, hop);
    if (reception instanceof TransportError) throw reception;
    if (reception === 'silence') {
      await within(
        this.network.clock,
        DEFAULT_LIMITS.connectTimeoutMs,
        new Promise(() => {}),
        () => {
          throw new TransportError('SIP_CONNECT_TIMEOUT', 'No connection in time');
        },
        signal,
      );
    }
    if (peer === undefined || reception === 'refuse') {
      throw new TransportError('SIP_CONNECT_FAILED', 'Connection refused');
    }
  }

  #accept(flow: FakeFlow): void {
    const end = FakeFlow.pair(flow, this);
    this.#accepted.add(end);
    this.network.opened(end);
  }

  /** Datagrams leave from the listening socket, as with real sockets. */
  #portFor(protocol: TransportProtocol): number {
    if (protocol !== 'udp') return this.#nextPort();
    const listening = [...this.#listening].find((key) => key.startsWith('udp '));
    return listening === undefined ? this.#nextPort() : Number(listening.slice(4));
  }

  #nextPort(): number {
    this.#lastPort += 1;
    return this.#lastPort;
  }
}
