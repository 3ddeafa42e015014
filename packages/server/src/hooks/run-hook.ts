import type { Clock } from '@dialtone/sip';
import { HookError } from './hook-error.ts';

/** Time a hook has; a phone gives up much later. */
export const HOOK_TIMEOUT_MS = 5000;

/**
 * Waits for a piece of the operator's own code, but not for ever. What a late hook does afterwards
 * is not looked at.
 * @throws HookError when it throws or takes longer than HOOK_TIMEOUT_MS
 */
export async function runHook(
  clock: Clock,
  name: string,
  hook: () => void | Promise<void>,
): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = clock.setTimeout(
    () => reject(new HookError(name, `takes longer than ${HOOK_TIMEOUT_MS} ms`)),
    HOOK_TIMEOUT_MS,
  );
  try {
    await Promise.race([hook(), late]);
  } catch (error) {
    throw error instanceof HookError ? error : new HookError(name, 'failed', { cause: error });
  } finally {
    clock.clearTimeout(timer);
  }
}
