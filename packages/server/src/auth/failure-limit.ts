import { tooManyRequests } from '../errors/service-error.ts';
import type { RateLimiter } from '../rate-limit/rate-limiter.ts';

/** Wrong passwords allowed per account and address in one window. */
const maxFailures = 30;
const windowMs = 300_000;

/** Slows down guessing: after too many wrong answers even the right one must wait. */
export class FailureLimit {
  readonly #limiter: RateLimiter;

  constructor(limiter: RateLimiter) {
    this.#limiter = limiter;
  }

  /** @throws ServiceError `request.too_many` */
  async check(subject: string): Promise<void> {
    const { allowed, resetMs } = await this.#limiter.peek(keyOf(subject), maxFailures);
    if (!allowed) throw tooManyRequests(resetMs / 1000);
  }

  async count(subject: string): Promise<void> {
    await this.#limiter.hit(keyOf(subject), maxFailures, windowMs);
  }
}

function keyOf(subject: string): string {
  return `authentication-failure:${subject}`;
}
