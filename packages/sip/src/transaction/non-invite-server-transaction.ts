import type { SipResponse } from '../message/message.ts';
import { serializeMessage } from '../message/serialize-message.ts';
import { WrittenResponse } from '../message/written-response.ts';
import type { Clock, TimerHandle } from '../time/clock.ts';
import type { Flow } from '../transport/transport.ts';
import { timerJ, type TimerValues } from './timers.ts';

export type ServerTransactionState = 'trying' | 'proceeding' | 'completed' | 'terminated';

export interface ServerTransactionParts {
  readonly flow: Flow;
  readonly clock: Clock;
  readonly timers: TimerValues;
  /** The transaction is over and matches nothing any more. */
  readonly onTerminated: () => void;
}

/**
 * Non-INVITE server transaction, RFC 3261 §17.2.2, figure 8. It begins with a request that was
 * passed up.
 *
 *                 +---------+
 *            +----| trying  |  request again: absorb
 *   200-699  |    +---------+
 *   send     |         | 1xx: send
 *            |         v
 *            |    +------------+
 *            |    | proceeding |---+ request again or 1xx: send 1xx
 *            |    |            |<--+
 *            |    +------------+
 *            |         | 200-699: send
 *            v         v
 *                 +-----------+
 *                 | completed |---+ request again: send the final response
 *                 |           |<--+ another response: absorb
 *                 +-----------+
 *                      | timer J
 *                      v
 *                 +------------+
 *                 | terminated |
 *                 +------------+
 */
export class NonInviteServerTransaction {
  readonly #parts: ServerTransactionParts;
  #state: ServerTransactionState = 'trying';
  #lastResponse: SipResponse | undefined;
  #timerJ: TimerHandle | undefined;

  constructor(parts: ServerTransactionParts) {
    this.#parts = parts;
  }

  get state(): ServerTransactionState {
    return this.#state;
  }

  /** The same request came again. The answer follows it: a client behind NAT may have moved. */
  receiveAgain(flow: Flow): void {
    if (this.#lastResponse !== undefined) flow.send(this.#lastResponse);
  }

  /** Sends a response of the user; after a final one all others are ignored. */
  respond(response: SipResponse): void {
    if (this.#state === 'completed' || this.#state === 'terminated') return;
    const { flow, clock, timers } = this.#parts;
    // It may have to be repeated for half a minute: bytes are all that is kept of it.
    const written = new WrittenResponse(response, serializeMessage(response));
    this.#lastResponse = written;
    if (response.status < 200) {
      this.#state = 'proceeding';
    } else {
      this.#state = 'completed';
      const lingerMs = timerJ(timers, flow.reliable);
      if (lingerMs === 0) this.stop();
      else this.#timerJ = clock.setTimeout(() => this.stop(), lingerMs);
    }
    flow.send(written);
  }

  /** Ends it at once. */
  stop(): void {
    if (this.#state === 'terminated') return;
    this.#state = 'terminated';
    this.#lastResponse = undefined;
    this.#parts.clock.clearTimeout(this.#timerJ);
    this.#parts.onTerminated();
  }
}
