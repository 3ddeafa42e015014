import type { SipRequest, SipResponse } from '../message/message.ts';
import type { Clock, TimerHandle } from '../time/clock.ts';
import type { Flow } from '../transport/transport.ts';
import { nextTimerE, timerF, timerK, type TimerValues } from './timers.ts';

export type ClientTransactionState = 'trying' | 'proceeding' | 'completed' | 'terminated';

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
 * Non-INVITE client transaction, RFC 3261 §17.1.2, figure 6.
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
 *                 +-----------+   timer K             +------------+
 *                 | completed |---------------------->| terminated |
 *                 +-----------+                       +------------+
 */
export class NonInviteClientTransaction {
  readonly #parts: Omit<ClientTransactionParts, 'request' | 'user'>;
  /** Until the final response: a completed transaction keeps alive nothing but itself. */
  #exchange: Pick<ClientTransactionParts, 'request' | 'user'> | undefined;
  #state: ClientTransactionState = 'trying';
  #retransmitTimer: TimerHandle | undefined;
  /** Timer F, later timer K. */
  #endTimer: TimerHandle | undefined;

  constructor(parts: ClientTransactionParts) {
    const { request, user, ...rest } = parts;
    this.#exchange = { request, user };
    this.#parts = rest;
  }

  get state(): ClientTransactionState {
    return this.#state;
  }

  /** Sends the request. §17.1.2.2: timers E (unreliable flows only) and F start with it. */
  start(): void {
    const { clock, timers, flow } = this.#parts;
    this.#endTimer = clock.setTimeout(() => this.#onTimerF(), timerF(timers));
    if (!flow.reliable) this.#armTimerE(timers.t1Ms);
    this.#send();
  }

  /** A response that matches this transaction (§17.1.3). */
  receive(response: SipResponse): void {
    const { clock, timers, flow } = this.#parts;
    const user = this.#exchange?.user;
    if (this.#state !== 'trying' && this.#state !== 'proceeding') return;
    if (response.status < 200) {
      this.#state = 'proceeding';
      user?.onProvisional(response);
      return;
    }
    this.#stopTimers();
    this.#state = 'completed';
    const lingerMs = timerK(timers, flow.reliable);
    if (lingerMs === 0) this.#terminate();
    else this.#endTimer = clock.setTimeout(() => this.#terminate(), lingerMs);
    this.#exchange = undefined;
    user?.onFinal(response);
  }

  /** The flow broke or the datagram could not be sent. §17.1.4 */
  transportFailed(error: Error): void {
    const isWaiting = this.#state === 'trying' || this.#state === 'proceeding';
    const user = this.#exchange?.user;
    this.stop();
    if (isWaiting) user?.onTransportError(error);
  }

  /** Ends without a word to the user, who asked for it. */
  stop(): void {
    if (this.#state === 'terminated') return;
    this.#stopTimers();
    this.#terminate();
  }

  #send(): void {
    if (this.#exchange === undefined) return;
    this.#parts.flow.send(this.#exchange.request, (error) => this.transportFailed(error));
  }

  #armTimerE(delayMs: number): void {
    const { clock, timers } = this.#parts;
    this.#retransmitTimer = clock.setTimeout(() => {
      // In proceeding the interval is T2 whatever it was before.
      const nextMs = this.#state === 'proceeding' ? timers.t2Ms : nextTimerE(delayMs, timers);
      this.#armTimerE(nextMs);
      this.#send();
    }, delayMs);
  }

  #onTimerF(): void {
    const user = this.#exchange?.user;
    this.stop();
    user?.onTimeout();
  }

  #stopTimers(): void {
    const { clock } = this.#parts;
    clock.clearTimeout(this.#retransmitTimer);
    clock.clearTimeout(this.#endTimer);
  }

  #terminate(): void {
    this.#state = 'terminated';
    this.#exchange = undefined;
    this.#parts.onTerminated();
  }
}
