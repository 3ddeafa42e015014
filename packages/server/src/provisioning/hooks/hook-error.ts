/** The operator's own code failed; names the hook for the log, and the caller gets a plain 500. */
export class HookError extends Error {
  override readonly name = 'HookError';
  readonly code = 'hook-failed';
  /** Which hook. */
  readonly hook: string;

  constructor(hook: string, reason: string, options?: ErrorOptions) {
    super(`provisioning hook "${hook}" ${reason}`, options);
    this.hook = hook;
  }
}
