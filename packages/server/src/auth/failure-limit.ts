import { tooManyRequests } from '../errors/service-error.ts';
import type { RateLimiter } from '../rate-limit/rate-limiter.ts';

/** Wrong passwords allowed per account and address in one window. */
const maxFailures = 30;
const windowMs = 300_000;
/** Tries of one subject judged side by side; so many more than `maxFailures` may slip through. */
const maxUnderWay = 10;

interface Tries {
  underWay: number;
  /** Those that wait for one to end. */
  readonly waiting: (() => void)[];
}

/** Slows down guessing: after too many wrong answers even the right one must wait. */
export class FailureLimit {
  readonly #limiter: RateLimiter;
  readonly #tries = new Map<string, Tries>();

  constructor(limiter: RateLimiter) {
    this.#limiter = limiter;
  }

  /**
   * What `judge` finds about a try of `subject`; counted when `isWrong` says so. Few run side by side:
   * all that are sent at once would be judged before the first of them is counted.
   * @throws ServiceError `request.too_many`, and whatever `judge` throws, which counts nothing
   */
  async attempt<T>(
    subject: string,
    judge: () => Promise<T>,
    isWrong: (verdict: T) => boolean,
  ): Promise<T> {
    const place = this.#enter(subject);
    if (place !== undefined) await place;
    try {
      const key = `authentication-failure:${subject}`;
      const { allowed, resetMs } = await this.#limiter.peek(key, maxFailures);
      if (!allowed) throw tooManyRequests(resetMs / 1000);
      const verdict = await judge();
      if (isWrong(verdict)) await this.#limiter.hit(key, maxFailures, windowMs);
      return verdict;
    } finally {
      this.#leave(subject);
    }
  }

  /** Undefined when there is a place at once. */
  #enter(subject: string): Promise<void> | undefined {
    const tries = this.#tries.get(subject);
    if (tries === undefined) this.#tries.set(subject, { underWay: 1, waiting: [] });
    else if (tries.underWay < maxUnderWay) tries.underWay += 1;
    else return new Promise((resolve) => tries.waiting.push(resolve));
    return undefined;
  }

  /** Hands its place to one that waits. */
  #leave(subject: string): void {
    const tries = this.#tries.get(subject);
    const next = tries?.waiting.shift();
    if (next !== undefined) next();
    else if (tries !== undefined && --tries.underWay === 0) this.#tries.delete(subject);
  }
}
