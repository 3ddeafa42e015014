import type { SipMessage } from '../message/message.ts';
import type { ParseFailure } from '../message/parse-result.ts';
import { serializeMessage } from '../message/serialize-message.ts';
import type { TimerHandle } from '../time/clock.ts';
import { deliver, type FlowContext } from './flow-context.ts';
import { IdleTimer } from './idle-timer.ts';
import { TransportError } from './transport-error.ts';
import type { Flow, SocketAddress, TransportProtocol } from './transport.ts';

/** What is known of a connection when it is ready. */
export interface ConnectionFacts {
  readonly protocol: TransportProtocol;
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  readonly sentBy: Flow['sentBy'];
  readonly accepted: boolean;
}

/** What TCP, TLS and WebSocket flows share: one end, idle and half-message supervision, delivery. */
export abstract class ConnectionFlow implements Flow {
  readonly reliable = true;
  readonly protocol: TransportProtocol;
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  readonly sentBy: Flow['sentBy'];
  readonly accepted: boolean;
  protected readonly context: FlowContext;
  readonly #idle: IdleTimer;
  #closed = false;
  #lastReceivedAt: number | undefined;
  #messageTimer: TimerHandle | undefined;

  constructor(facts: ConnectionFacts, context: FlowContext) {
    this.protocol = facts.protocol;
    this.local = facts.local;
    this.remote = facts.remote;
    this.sentBy = facts.sentBy;
    this.accepted = facts.accepted;
    this.context = context;
    this.#idle = new IdleTimer(context.clock, context.limits.idleTimeoutMs, () => this.close());
  }

  get closed(): boolean {
    return this.#closed;
  }

  get lastReceivedAt(): number | undefined {
    return this.#lastReceivedAt;
  }

  send(message: SipMessage, onError?: (error: Error) => void): void {
    if (this.#closed) {
      onError?.(new TransportError('SIP_FLOW_BROKEN', 'The flow is closed'));
      return;
    }
    this.context.trace?.('out', message, this);
    this.write(serializeMessage(message));
  }

  abstract sendKeepAlive(): void;

  close(error?: Error): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#idle.stop();
    this.context.clock.clearTimeout(this.#messageTimer);
    this.shut(error === undefined);
    this.context.forget(this);
    this.context.listener.onFlowClosed(this, error);
  }

  /** Queues bytes on the connection and calls `wrote`. */
  protected abstract write(bytes: Uint8Array): void;

  /** Ends the connection: politely, or at once. */
  protected abstract shut(politely: boolean): void;

  /** Begins supervision; call once the connection's events are wired. */
  protected watch(): void {
    this.#idle.start();
    if (this.accepted) this.expectMessage();
  }

  protected wrote(queuedBytes: number): void {
    this.#idle.touch();
    if (queuedBytes > this.context.limits.maxQueuedBytes) {
      this.close(new TransportError('SIP_FLOW_BROKEN', 'The peer does not read what it is sent'));
    }
  }

  protected heard(): void {
    this.#lastReceivedAt = this.context.clock.now();
    this.#idle.touch();
  }

  protected heardPong(): void {
    this.context.listener.onPong?.(this);
  }

  protected deliver(message: SipMessage): void {
    if (!this.#closed) deliver(this.context, message, this);
  }

  /** Counts what is no SIP and lets the layer above answer it. */
  protected malformed({ error, request }: ParseFailure): void {
    this.context.counters.malformedMessages += 1;
    this.context.listener.onMalformed?.(error, this, request);
  }

  /** A message has begun (or must): the peer may not take for ever over it. */
  protected expectMessage(): void {
    const { clock, limits } = this.context;
    this.#messageTimer ??= clock.setTimeout(() => {
      this.close(
        new TransportError('SIP_FLOW_BROKEN', 'The peer did not finish its message in time'),
      );
    }, limits.messageTimeoutMs);
  }

  protected messageComplete(): void {
    this.context.clock.clearTimeout(this.#messageTimer);
    this.#messageTimer = undefined;
  }
}
