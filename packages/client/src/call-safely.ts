/**
 * Calls the application. What it throws is thrown again outside, as an uncaught error: it must not stop
 * the state machine that was telling it something, nor keep other listeners from hearing it.
 */
export function callSafely(call: () => void): void {
  try {
    call();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
