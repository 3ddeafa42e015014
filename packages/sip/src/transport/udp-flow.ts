import type { SipMessage } from '../message/message.ts';
import { serializeMessage } from '../message/serialize-message.ts';
import type { FlowContext } from './flow-context.ts';
import { IdleTimer } from './idle-timer.ts';
import { withoutZone } from './ip-address.ts';
import { TransportError } from './transport-error.ts';
import type { Flow, SocketAddress } from './transport.ts';

/** Payload of the largest IPv4 datagram. */
const MAX_DATAGRAM_BYTES = 65_507;
const PING = Buffer.from('\r\n\r\n');

/** The socket behind a flow. */
export interface DatagramSender {
  sendDatagram(bytes: Uint8Array, remote: SocketAddress, onError?: (error: Error) => void): void;
  forget(flow: UdpFlow): void;
}

/**
 * One UDP peer. Flows we opened are kept by their socket and supervised; flows of strangers live as
 * long as the request that came with them, so that spoofed sources cost nothing.
 */
export class UdpFlow implements Flow {
  readonly protocol = 'udp';
  readonly reliable = false;
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  readonly accepted: boolean;
  readonly #context: FlowContext;
  readonly #socket: DatagramSender;
  readonly #idle: IdleTimer | undefined;
  #closed = false;
  #lastReceivedAt: number | undefined;

  constructor(
    facts: Pick<Flow, 'local' | 'remote' | 'accepted'>,
    socket: DatagramSender,
    context: FlowContext,
  ) {
    this.local = facts.local;
    this.remote = facts.remote;
    this.accepted = facts.accepted;
    this.#socket = socket;
    this.#context = context;
    this.#idle = facts.accepted
      ? undefined
      : new IdleTimer(context.clock, context.limits.idleTimeoutMs, () => this.close());
  }

  start(): this {
    this.#idle?.start();
    return this;
  }

  get sentBy(): Flow['sentBy'] {
    return { host: withoutZone(this.local.address), port: this.local.port };
  }

  get closed(): boolean {
    return this.#closed;
  }

  get lastReceivedAt(): number | undefined {
    return this.#lastReceivedAt;
  }

  heard(): void {
    this.#lastReceivedAt = this.#context.clock.now();
    this.#idle?.touch();
  }

  send(message: SipMessage, onError?: (error: Error) => void): void {
    if (this.#closed) {
      onError?.(new TransportError('SIP_FLOW_BROKEN', 'The flow is closed'));
      return;
    }
    this.#context.trace?.('out', message, this);
    const bytes = serializeMessage(message);
    this.#idle?.touch();
    if (bytes.length <= MAX_DATAGRAM_BYTES) {
      this.#socket.sendDatagram(bytes, this.remote, onError);
      return;
    }
    this.#context.counters.oversizeDatagrams += 1;
    onError?.(
      new TransportError('SIP_DATAGRAM_TOO_LARGE', 'The message does not fit into a datagram'),
    );
  }

  sendKeepAlive(): void {
    if (this.#closed) return;
    this.#idle?.touch();
    this.#socket.sendDatagram(PING, this.remote);
  }

  close(error?: Error): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#idle?.stop();
    if (this.accepted) return;
    this.#socket.forget(this);
    this.#context.forget(this);
    this.#context.listener.onFlowClosed(this, error);
  }
}
