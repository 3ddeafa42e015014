import type { TimerHandle } from '../time/clock.ts';
import type { RegistrationContext } from './registration-context.ts';
import { retryDelayMs } from './retry.ts';

type Shared = Pick<RegistrationContext, 'clock' | 'random' | 'settings'>;

/** The one timer of an operation: when the next REGISTER is due, as refresh or as retry. */
export class NextAttempt {
  readonly #shared: Shared;
  readonly #start: () => void;
  #timer: TimerHandle | undefined;
  /** Since the last success. */
  #failures = 0;
  #connectionLosses = 0;

  constructor(shared: Shared, start: () => void) {
    this.#shared = shared;
    this.#start = start;
  }

  schedule(delayMs: number): void {
    this.cancel();
    this.#timer = this.#shared.clock.setTimeout(() => {
      this.#timer = undefined;
      this.#start();
    }, delayMs);
  }

  /** After the pause between failing attempts. */
  scheduleRetry(): void {
    this.#failures += 1;
    const { settings, random } = this.#shared;
    this.schedule(retryDelayMs(settings, this.#failures, random));
  }

  /** At once for the first lost connection since the last success, then like any other failure. */
  scheduleReconnect(): void {
    this.#connectionLosses += 1;
    if (this.#connectionLosses === 1) this.schedule(0);
    else this.scheduleRetry();
  }

  succeeded(): void {
    this.#failures = 0;
    this.#connectionLosses = 0;
  }

  cancel(): void {
    this.#shared.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
