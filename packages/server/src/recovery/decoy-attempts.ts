import type { RateLimiter } from '../rate-limit/rate-limiter.ts';
import { RECOVERY_ATTEMPTS } from './recovery.service.ts';

const windowMs = 600_000;

/** Tries that are left to somebody who types codes of an account that does not exist; undefined when none were. */
export async function countDecoyAttempt(
  limiter: RateLimiter,
  decoy: string,
): Promise<number | undefined> {
  const key = `recovery-decoy:${decoy}`;
  if (!(await limiter.peek(key, RECOVERY_ATTEMPTS)).allowed) return undefined;
  await limiter.hit(key, RECOVERY_ATTEMPTS, windowMs);
  let left = 0;
  for (let made = 1; made <= RECOVERY_ATTEMPTS; made++) {
    if ((await limiter.peek(key, made)).allowed) left++;
  }
  return left;
}
