import { hash } from 'node:crypto';
import type { RateLimiter } from '../rate-limit/rate-limiter.ts';
import type { Space } from '../spaces/space.ts';
import { RECOVERY_ATTEMPTS } from './recovery.service.ts';

const windowMs = 600_000;

/**
 * Names the account that somebody took for granted. Asked for again it is the same one, with the tries
 * that were made: like a code that is still on its way.
 */
export function decoyOf(
  { domain }: Pick<Space, 'domain'>,
  email: string,
  username: string | undefined,
): string {
  return hash('sha256', JSON.stringify([domain, email.toLowerCase(), username]), 'base64url');
}

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
