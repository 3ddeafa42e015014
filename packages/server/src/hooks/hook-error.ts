/** The operator's own code failed; names the hook for the log, and the caller gets a plain 500. */
export class HookError extends Error {
  override readonly name = 'HookError';
  readonly code = 'hook-failed';
  /** Which hook, such as `provisioning.proxy`. */
  readonly hook: string;

  constructor(hook: string, reason: string, options?: ErrorOptions) {
    super(`hook ${hook} ${reason}`, options);
    this.hook = hook;
  }
}
