import type { Clock } from './clock.ts';

/**
 * Settles as `promise` does, or with `late()` after `limitMs`. Leaves no timer behind, and none once
 * `signal` is aborted (it then rejects with the signal's reason).
 */
export function within<T>(
  clock: Clock,
  limitMs: number,
  promise: Promise<T>,
  late: () => T,
  signal?: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = clock.setTimeout(() => {
      finish();
      try {
        resolve(late());
      } catch (error) {
        reject(error);
      }
    }, limitMs);
    function onAbort(): void {
      finish();
      reject(signal?.reason);
    }
    function finish(): void {
      clock.clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    }
    if (signal?.aborted === true) {
      onAbort();
      return;
    }
    signal?.addEventListener('abort', onAbort);
    void promise.then(resolve, reject).finally(finish);
  });
}
