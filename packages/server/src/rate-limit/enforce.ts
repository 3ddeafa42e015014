import { tooManyRequests } from '../errors/service-error.ts';
import type { RateLimit } from '../http/route.ts';
import type { RateLimiter } from './rate-limiter.ts';

/**
 * Counts one call of `subject` (an address, an account) against a declared limit.
 * @throws ServiceError `request.too_many` with the seconds to wait
 */
export async function enforceLimit(
  limiter: RateLimiter,
  limit: Pick<RateLimit, 'name' | 'limit' | 'windowSeconds'>,
  subject: string,
): Promise<void> {
  const key = `${limit.name}:${subject}`;
  const { allowed, resetMs } = await limiter.hit(key, limit.limit, limit.windowSeconds * 1000);
  if (!allowed) throw tooManyRequests(resetMs / 1000);
}
