import type { SipParseError } from '../errors/sip-parse-error.ts';
import type { SipMessage, SipRequest } from '../message/message.ts';
import { TransportError } from '../transport/transport-error.ts';
import type { Flow, SocketAddress, TransportProtocol } from '../transport/transport.ts';
import type { FakeTransport } from './fake-transport.ts';

export interface FakeFlowFacts {
  readonly protocol: TransportProtocol;
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  readonly accepted: boolean;
}

/** One end of an association in a `FakeNetwork`. */
export class FakeFlow implements Flow {
  readonly protocol: TransportProtocol;
  readonly reliable: boolean;
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  readonly sentBy: Flow['sentBy'];
  readonly accepted: boolean;
  readonly #transport: FakeTransport;
  #otherEnd: FakeFlow | undefined;
  #closed = false;
  #lastReceivedAt: number | undefined;

  constructor(facts: FakeFlowFacts, transport: FakeTransport) {
    this.protocol = facts.protocol;
    this.reliable = facts.protocol !== 'udp';
    this.local = facts.local;
    this.remote = facts.remote;
    this.accepted = facts.accepted;
    const isWebSocket = facts.protocol === 'ws' || facts.protocol === 'wss';
    this.sentBy =
      isWebSocket && !facts.accepted
        ? { host: 'client.invalid', port: undefined }
        : { host: facts.local.address, port: facts.local.port };
    this.#transport = transport;
  }

  /** Makes the other end of `flow` at `transport`. */
  static pair(flow: FakeFlow, transport: FakeTransport): FakeFlow {
    const seenFrom = { address: flow.#transport.publicAddress, port: flow.local.port };
    const { protocol, remote: local } = flow;
    const end = new FakeFlow({ protocol, local, remote: seenFrom, accepted: true }, transport);
    end.#otherEnd = flow;
    flow.#otherEnd = end;
    return end;
  }

  get closed(): boolean {
    return this.#closed;
  }

  get lastReceivedAt(): number | undefined {
    return this.#lastReceivedAt;
  }

  get otherEnd(): FakeFlow | undefined {
    return this.#otherEnd;
  }

  send(message: SipMessage, onError?: (error: Error) => void): void {
    if (this.#closed) onError?.(new TransportError('SIP_FLOW_BROKEN', 'The flow is closed'));
    else this.#transport.network.carry(this, message, onError);
  }

  sendKeepAlive(): void {
    if (!this.#closed) this.#transport.network.carryPing(this);
  }

  close(error?: Error): void {
    if (this.#closed) return;
    this.#end(error);
    const { clock } = this.#transport.network;
    if (this.reliable) clock.setTimeout(() => this.#otherEnd?.break(undefined), 0);
  }

  /** The connection is gone under both ends. */
  break(error: Error | undefined): void {
    this.#end(error);
    const other = this.#otherEnd;
    if (other !== undefined) other.#end(error);
  }

  receive(message: SipMessage): void {
    this.heard();
    this.#transport.listener.onMessage(message, this);
  }

  receiveMalformed(error: SipParseError, request: SipRequest | undefined): void {
    this.heard();
    this.#transport.listener.onMalformed?.(error, this, request);
    if (this.reliable) this.close();
  }

  heard(): void {
    this.#lastReceivedAt = this.#transport.network.clock.now();
  }

  hearPong(): void {
    if (this.#closed) return;
    this.heard();
    this.#transport.listener.onPong?.(this);
  }

  #end(error: Error | undefined): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#transport.forget(this);
    if (this.reliable || !this.accepted) this.#transport.listener.onFlowClosed(this, error);
  }
}
