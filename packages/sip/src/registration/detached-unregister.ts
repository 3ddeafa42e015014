import type { RegisterOperation } from './register-operation.ts';
import type { RegistrationContext } from './registration-context.ts';

/** As long as one transaction may take. */
const LIMIT_MS = 32_000;

/**
 * Removes the binding of an operation that the account no longer owns, because it moved to another
 * server (choice C4): silently, answering one challenge with known credentials, for at most 32 s. Returns
 * the function that ends it before that.
 */
export function unregisterDetached(
  context: Pick<RegistrationContext, 'clock'>,
  operation: RegisterOperation,
  onEnd: () => void,
): () => void {
  const end = (): void => {
    context.clock.clearTimeout(limit);
    operation.release();
    onEnd();
  };
  const limit = context.clock.setTimeout(end, LIMIT_MS);
  operation.detach({
    onRegistered: () => undefined,
    onUnregistered: end,
    onFailed: end,
    onPostponed: end,
    onAuthenticating: () => undefined,
  });
  operation.unregister();
  return end;
}
