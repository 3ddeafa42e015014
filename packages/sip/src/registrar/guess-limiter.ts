import type { Clock } from '../time/clock.ts';

/** How many wrong passwords are borne, and for how long. */
export interface GuessLimits {
  /** Wrong passwords after which a subject must wait. */
  readonly maxFailures: number;
  readonly windowMs: number;
  /** Subjects remembered; the oldest make room. */
  readonly maxSubjects?: number;
}

/** Counts failures of a subject in windows of fixed length. */
export class GuessLimiter {
  readonly #clock: Clock;
  readonly #limits: Required<GuessLimits>;
  readonly #failures = new Map<string, { count: number; readonly until: number }>();

  constructor(clock: Clock, limits: GuessLimits) {
    this.#clock = clock;
    this.#limits = { maxSubjects: 100_000, ...limits };
  }

  /** Whether the subject has guessed too often. */
  isExhausted(subject: string): boolean {
    const entry = this.#current(subject);
    return entry !== undefined && entry.count >= this.#limits.maxFailures;
  }

  recordFailure(subject: string): void {
    const entry = this.#current(subject);
    if (entry !== undefined) {
      entry.count++;
      return;
    }
    const { windowMs, maxSubjects } = this.#limits;
    this.#failures.set(subject, { count: 1, until: this.#clock.now() + windowMs });
    if (this.#failures.size > maxSubjects) {
      const [oldest] = this.#failures.keys();
      if (oldest !== undefined) this.#failures.delete(oldest);
    }
  }

  #current(subject: string) {
    const entry = this.#failures.get(subject);
    if (entry === undefined || entry.until > this.#clock.now()) return entry;
    this.#failures.delete(subject);
    return undefined;
  }
}
