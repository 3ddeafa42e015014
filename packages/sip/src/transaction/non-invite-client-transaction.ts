import type { SipRequest, SipResponse } from '../message/message.ts';
import type { Clock, TimerHandle } from '../time/clock.ts';
import type { Flow } from '../transport/transport.ts';
import { nextTimerE, timerF, type TimerValues } from './timers.ts';

export type ClientTransactionState = 'trying' | 'proceeding' | 'terminated';

/** What a client transaction tells its user (RFC 3261 §17.1). At most one of the last three is called. */
export interface ClientTransactionUser {
  onProvisional(response: SipResponse): void;
  onFinal(response: SipResponse): void;
  onTimeout(): void;
  onTransportError(error: Error): void;
}

export interface ClientTransactionParts {
  readonly request: SipRequest;
  readonly flow: Flow;
  readonly clock: Clock;
  readonly timers: TimerValues;
  readonly user: ClientTransactionUser;
  /** The transaction is over and matches nothing any more. */
  readonly onTerminated: () => void;
}

/**
 * Non-INVITE client transaction, RFC 3261 §17.1.2, figure 6, without the state Completed. There a
 * transaction waits for timer K only to absorb repetitions of the final response; a response that
 * matches no transaction is dropped as well, and thousands of finished ones need no memory.
 *
 *                     | start: send request
 *          timer E    v
 *          send   +---------+   timer F or transport error: tell the user
 *            +----| trying  |---------------------------------+
 *            +--->|         |                                 |
 *                 +---------+                                 |
 *          200-699  |    | 1xx: pass up                       |
 *          pass up  |    v                                    |
 *                   |  +------------+  timer F or error       |
 *          timer E  |  | proceeding |------------------------>|
 *          send +---|--|            |---+ 1xx: pass up        |
 *               +---|->|            |<--+                     |
 *                   |  +------------+                         |
 *                   |    | 200-699: pass up                   |
 *                   v    v                                    v
 *                 +---------------------------------------------+
 *                 |                 terminated                  |
 *                 +---------------------------------------------+
 */
export class NonInviteClientTransaction {
  readonly #parts: ClientTransactionParts;
  #state: ClientTransactionState = 'trying';
  /** Timer E while the request is repeated, else timer F: whichever is due first. */
  #timer: TimerHandle | undefined;
  /** When timer F is due. */
  #endsAt = 0;

  constructor(parts: ClientTransactionParts) {
    this.#parts = parts;
  }

  get state(): ClientTransactionState {
    return this.#state;
  }

  /** Sends the request. §17.1.2.2: timers E (unreliable flows only) and F start with it. */
  start(): void {
    const { clock, timers, flow } = this.#parts;
    const limitMs = timerF(timers);
    this.#endsAt = clock.now() + limitMs;
    this.#wait(flow.reliable ? limitMs : timers.t1Ms);
    this.#send();
  }

  /** A response that matches this transaction (§17.1.3). */
  receive(response: SipResponse): void {
    if (this.#state === 'terminated') return;
    const { user } = this.#parts;
    if (response.status < 200) {
      this.#state = 'proceeding';
      user.onProvisional(response);
      return;
    }
    this.stop();
    user.onFinal(response);
  }

  /** The flow broke or the datagram could not be sent. §17.1.4 */
  transportFailed(error: Error): void {
    if (this.#state === 'terminated') return;
    this.stop();
    this.#parts.user.onTransportError(error);
  }

  /** Ends without a word to the user, who asked for it. */
  stop(): void {
    if (this.#state === 'terminated') return;
    this.#parts.clock.clearTimeout(this.#timer);
    this.#state = 'terminated';
    this.#parts.onTerminated();
  }

  #send(): void {
    const { flow, request } = this.#parts;
    flow.send(request, (error) => this.transportFailed(error));
  }

  #wait(intervalMs: number): void {
    const { clock } = this.#parts;
    const leftMs = this.#endsAt - clock.now();
    this.#timer = clock.setTimeout(
      () => this.#onTimer(intervalMs),
      Math.min(intervalMs, Math.max(leftMs, 0)),
    );
  }

  #onTimer(intervalMs: number): void {
    const { clock, timers, user } = this.#parts;
    if (clock.now() >= this.#endsAt) {
      this.stop();
      user.onTimeout();
      return;
    }
    // In proceeding the interval is T2 whatever it was before.
    this.#wait(this.#state === 'proceeding' ? timers.t2Ms : nextTimerE(intervalMs, timers));
    this.#send();
  }
}
