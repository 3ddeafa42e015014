import type { TimerHandle } from '../time/clock.ts';
import type { RegistrationContext } from './registration-context.ts';
import { retryDelayMs } from './retry.ts';

/** Between two attempts that follow a lost connection at once: some servers drop each after its answer. */
const MIN_RECONNECT_MS = 2000;

type Shared = Pick<RegistrationContext, 'clock' | 'random' | 'settings'>;

/** The one timer of an operation: when the next REGISTER is due, as refresh or as retry. */
export class NextAttempt {
  readonly #shared: Shared;
  readonly #start: () => void;
  #timer: TimerHandle | undefined;
  /** Since the last success. */
  #failures = 0;
  #connectionLosses = 0;
  #reconnectedAt = Number.NEGATIVE_INFINITY;

  constructor(shared: Shared, start: () => void) {
    this.#shared = shared;
    this.#start = start;
  }

  get scheduled(): boolean {
    return this.#timer !== undefined;
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
    if (this.#connectionLosses > 1) return this.scheduleRetry();
    const now = this.#shared.clock.now();
    const at = Math.max(now, this.#reconnectedAt + MIN_RECONNECT_MS);
    this.#reconnectedAt = at;
    return this.schedule(at - now);
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
