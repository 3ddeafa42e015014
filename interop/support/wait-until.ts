import { setTimeout as delay } from 'node:timers/promises';

/**
 * Polls a program that sends no events until `probe` gives a value.
 * @throws Error naming `what` after `timeoutMs`
 */
export async function waitUntil<T>(
  what: string,
  probe: () => T | undefined | Promise<T | undefined>,
  timeoutMs = 15_000,
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await probe();
    if (value !== undefined) return value;
    if (Date.now() > end) throw new Error(`${what}: not within ${timeoutMs} ms`);
    await delay(25);
  }
}
