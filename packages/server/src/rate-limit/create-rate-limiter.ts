import type { Redis } from 'ioredis';
import type { Platform } from '../platform.ts';
import { MemoryRateLimiter } from './memory-rate-limiter.ts';
import { type RateLimiter, unlimited } from './rate-limiter.ts';
import { RedisRateLimiter } from './redis-rate-limiter.ts';

/** The limiter that the settings ask for: none, this process's, or the one in Redis. */
export function createRateLimiter(
  platform: Pick<Platform, 'clock' | 'config' | 'log'>,
  redis: Redis | undefined,
): RateLimiter {
  if (!platform.config.http.rateLimits) return unlimited;
  const memory = new MemoryRateLimiter(platform.clock);
  return redis === undefined ? memory : new RedisRateLimiter(redis, memory, platform.log);
}
