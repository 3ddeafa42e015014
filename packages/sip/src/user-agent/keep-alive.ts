import type { Clock, TimerHandle } from '../time/clock.ts';
import { TransportError } from '../transport/transport-error.ts';
import type { Flow } from '../transport/transport.ts';

export interface KeepAliveParts {
  readonly clock: Clock;
  /** The flows there are; those the peer opened are the peer's to keep. */
  readonly flows: () => Iterable<Flow>;
  /** The others are left to fall idle; default: every flow is worth a ping. */
  readonly isNeeded?: (flow: Flow) => boolean;
  /** `pong_timeout`: how long after a ping something must have come, milliseconds; default 10 000 (RFC 5626 §4.4.1). */
  readonly pongTimeoutMs?: number;
}

interface Supervision {
  /** A missing pong counts: one was seen before, or need not have been. */
  armed: boolean;
  timer: TimerHandle | undefined;
}

/** Keeps flows open through NATs and notices those that died in silence. registration.md §2.14. */
export class KeepAlive {
  readonly #parts: KeepAliveParts;
  readonly #supervised = new Map<Flow, Supervision>();
  #timer: TimerHandle | undefined;

  constructor(parts: KeepAliveParts) {
    this.#parts = parts;
  }

  /**
   * Pings every needed flow each `periodMs`; 0 stops. `streams` false: only UDP, for which NATs forget soonest
   * (`tcp_tls_keepalive=0`).
   */
  start(periodMs: number, { streams = true }: { readonly streams?: boolean } = {}): void {
    this.stop();
    if (periodMs <= 0) return;
    this.#timer = this.#parts.clock.setTimeout(() => {
      this.#pingWhere((flow) => streams || !flow.reliable);
      this.start(periodMs, { streams });
    }, periodMs);
  }

  stop(): void {
    this.#parts.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** One ping on every needed flow we opened, now. */
  pingAll(): void {
    this.#pingWhere(() => true);
  }

  /**
   * Wants pongs on this connection from now on: both sides spoke of `outbound`. `afterFirstPong`
   * (`ping_pong_verification`) waits until the peer has proved that it answers.
   */
  supervise(flow: Flow, options: { readonly afterFirstPong: boolean }): void {
    if (!flow.reliable || flow.closed || this.#supervised.has(flow)) return;
    this.#supervised.set(flow, { armed: !options.afterFirstPong, timer: undefined });
  }

  /** To be called from `FlowListener.onPong`. */
  onPong(flow: Flow): void {
    const supervision = this.#supervised.get(flow);
    if (supervision !== undefined) supervision.armed = true;
  }

  /** To be called from `FlowListener.onFlowClosed`. */
  onFlowClosed(flow: Flow): void {
    this.#parts.clock.clearTimeout(this.#supervised.get(flow)?.timer);
    this.#supervised.delete(flow);
  }

  /** Forgets every flow and stops. */
  close(): void {
    this.stop();
    for (const flow of this.#supervised.keys()) this.onFlowClosed(flow);
  }

  #pingWhere(wanted: (flow: Flow) => boolean): void {
    const { flows, isNeeded = () => true } = this.#parts;
    for (const flow of flows()) {
      if (!flow.accepted && !flow.closed && wanted(flow) && isNeeded(flow)) this.#ping(flow);
    }
  }

  #ping(flow: Flow): void {
    const { clock, pongTimeoutMs = 10_000 } = this.#parts;
    const supervision = this.#supervised.get(flow);
    const pingedAt = clock.now();
    flow.sendKeepAlive();
    if (supervision?.armed !== true || supervision.timer !== undefined) return;
    supervision.timer = clock.setTimeout(() => {
      supervision.timer = undefined;
      const heardSince = flow.lastReceivedAt !== undefined && flow.lastReceivedAt >= pingedAt;
      if (!heardSince) flow.close(new TransportError('SIP_FLOW_BROKEN', 'No pong'));
    }, pongTimeoutMs);
  }
}
