/** Attempts before a message is dead: with the delays below, some seven hours of trying. */
export const maxAttempts = 12;

const firstDelayMs = 10_000;
const longestDelayMs = 3_600_000;

/**
 * Milliseconds from the end of a failed attempt to the next: 10 s, 30 s, 90 s … up to one hour, each
 * shortened by up to a fifth, so that what failed together is not tried again together.
 * @param attempt number of the attempt that failed, from 1
 * @param random in [0, 1)
 */
export function retryDelayMs(attempt: number, random: number): number {
  const delay = Math.min(firstDelayMs * 3 ** (attempt - 1), longestDelayMs);
  return Math.round(delay * (1 - random / 5));
}
