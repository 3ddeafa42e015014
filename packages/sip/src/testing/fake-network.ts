import { parseMessage } from '../message/parse-message.ts';
import type { SipMessage } from '../message/message.ts';
import { serializeMessage } from '../message/serialize-message.ts';
import type { Clock } from '../time/clock.ts';
import { TransportError } from '../transport/transport-error.ts';
import type {
  FlowListener,
  NextHop,
  ResolvedTarget,
  SocketAddress,
  TransportProtocol,
} from '../transport/transport.ts';
import { FakeFlow } from './fake-flow.ts';
import { FakeTransport } from './fake-transport.ts';

/** A message under way. */
export interface Packet {
  readonly message: SipMessage;
  readonly protocol: TransportProtocol;
  readonly from: SocketAddress;
  readonly to: SocketAddress;
}

/** What becomes of a packet; `fail` is an error the sender sees, `reset` breaks its connection. */
export type Fate =
  | 'deliver'
  | 'drop'
  | 'duplicate'
  | 'fail'
  | 'reset'
  | { readonly delayMs: number };

/** What a connection attempt meets. */
export type Reception = 'accept' | 'refuse' | 'silence' | TransportError;

/**
 * An internet in memory, moved by the clock. Messages travel serialized, so that nothing passes
 * that would not pass a real network. Change the public fields at any time.
 */
export class FakeNetwork {
  readonly clock: Clock;
  /** One way; default 0, which still means "not before the clock's next turn". */
  latencyMs = 0;
  /** Decides over each message; default: all arrive. */
  fate: (packet: Packet) => Fate = () => 'deliver';
  /** Decides over each connection to an address where somebody listens; default: accepted. */
  reception: (target: ResolvedTarget, hop: NextHop) => Reception = () => 'accept';
  /** Whether connections answer CRLFCRLF with CRLF (RFC 5626 §4.4.1). */
  answersPings = true;
  readonly #transports = new Map<string, FakeTransport>();
  readonly #connections = new Set<FakeFlow>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Ends of connections that are open now, both sides counted. */
  get openEnds(): number {
    return this.#connections.size;
  }

  /**
   * A machine with one address.
   *
   * @param publicAddress the address others see it under, when a NAT stands between (ports are kept)
   */
  attach(address: string, listener: FlowListener, publicAddress = address): FakeTransport {
    const transport = new FakeTransport(this, { address, publicAddress, listener });
    this.#transports.set(address, transport);
    return transport;
  }

  /** Ends every connection: `error` set as by a reset, else as by end of file. */
  breakConnections(error?: Error): void {
    for (const flow of this.#connections) flow.break(error);
  }

  /** The machine that listens there. */
  listenerAt(protocol: TransportProtocol, to: SocketAddress): FakeTransport | undefined {
    const transport = this.#transports.get(to.address);
    return transport?.listensOn(protocol, to.port) === true ? transport : undefined;
  }

  /** Carries one message from `flow` to its other end. */
  carry(flow: FakeFlow, message: SipMessage, onError?: (error: Error) => void): void {
    const { protocol, local: from, remote: to } = flow;
    const fate = this.fate({ message, protocol, from, to });
    if (fate === 'drop') return;
    if (fate === 'fail' || fate === 'reset') {
      const error = new TransportError('SIP_SEND_FAILED', `Made to ${fate}`);
      // As with sockets: never before the sender's own call has returned.
      this.clock.setTimeout(() => (flow.reliable ? flow.break(error) : onError?.(error)), 0);
      return;
    }
    const bytes = serializeMessage(message);
    const delayMs = this.latencyMs + (typeof fate === 'object' ? fate.delayMs : 0);
    this.#deliverIn(delayMs, flow, bytes);
    if (fate === 'duplicate') this.#deliverIn(delayMs, flow, bytes);
  }

  /** Carries a CRLFCRLF, and the CRLF back. */
  carryPing(flow: FakeFlow): void {
    this.clock.setTimeout(() => {
      const isAnswered = flow.reliable && this.answersPings && flow.otherEnd !== undefined;
      flow.otherEnd?.heard();
      if (isAnswered) this.clock.setTimeout(() => flow.hearPong(), this.latencyMs);
    }, this.latencyMs);
  }

  opened(flow: FakeFlow): void {
    if (flow.reliable) this.#connections.add(flow);
  }

  closed(flow: FakeFlow): void {
    this.#connections.delete(flow);
  }

  #deliverIn(delayMs: number, flow: FakeFlow, bytes: Uint8Array): void {
    this.clock.setTimeout(() => {
      const end = flow.reliable ? flow.otherEnd : (flow.otherEnd ?? this.#strangerFor(flow));
      if (end === undefined || end.closed) return;
      const result = parseMessage(bytes);
      if (result.ok) end.receive(result.message);
      else end.receiveMalformed(result.error, result.request);
    }, delayMs);
  }

  /** The end of a datagram flow at a machine that did not know the sender. */
  #strangerFor(flow: FakeFlow): FakeFlow | undefined {
    const transport = this.listenerAt('udp', flow.remote);
    return transport && FakeFlow.pair(flow, transport);
  }
}
