import type { Redis } from 'ioredis';
import type { Logger } from '../log/logger.ts';
import type { Allowance, RateLimiter } from './rate-limiter.ts';

/** Counts and sets the end of the window in one step, so that no counter can live for ever. */
const hitScript = `
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return { count, redis.call('PTTL', KEYS[1]) }`;

const peekScript = `
return { tonumber(redis.call('GET', KEYS[1]) or '0'), redis.call('PTTL', KEYS[1]) }`;

/**
 * Counters that all nodes share. When Redis does not answer, `fallback` counts for this node alone:
 * limits loosen, calls go on.
 */
export class RedisRateLimiter implements RateLimiter {
  readonly #redis: Pick<Redis, 'eval'>;
  readonly #fallback: RateLimiter;
  readonly #log: Logger;
  /** The last call was counted here. */
  #local = false;

  constructor(redis: Pick<Redis, 'eval'>, fallback: RateLimiter, log: Logger) {
    this.#redis = redis;
    this.#fallback = fallback;
    this.#log = log;
  }

  async hit(key: string, limit: number, windowMs: number): Promise<Allowance> {
    return this.#orLocally(
      async () => {
        const { count, resetMs } = await this.#run(hitScript, key, windowMs);
        return { allowed: count <= limit, resetMs };
      },
      () => this.#fallback.hit(key, limit, windowMs),
    );
  }

  async peek(key: string, limit: number): Promise<Allowance> {
    return this.#orLocally(
      async () => {
        const { count, resetMs } = await this.#run(peekScript, key);
        return { allowed: count < limit, resetMs };
      },
      () => this.#fallback.peek(key, limit),
    );
  }

  async close(): Promise<void> {
    await this.#fallback.close();
  }

  async #run(script: string, key: string, ...values: readonly number[]) {
    const answer: unknown = await this.#redis.eval(script, 1, `dialtone:rate:${key}`, ...values);
    const [count, ttl] = Array.isArray(answer) ? answer.map(Number) : [];
    if (count === undefined || ttl === undefined) throw new Error('unexpected answer of Redis');
    return { count, resetMs: Math.max(ttl, 0) };
  }

  async #orLocally<T>(shared: () => Promise<T>, local: () => Promise<T>): Promise<T> {
    try {
      const allowance = await shared();
      this.#local = false;
      return allowance;
    } catch (error) {
      if (!this.#local)
        this.#log.warn({ err: error }, 'rate limits are local: Redis does not answer');
      this.#local = true;
      return local();
    }
  }
}
