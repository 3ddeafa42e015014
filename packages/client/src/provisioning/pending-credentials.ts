/**
 * Requests suspended until the application brings credentials or gives up
 * (provisioning-client.md §2.6). No time-out: it may be a user typing.
 */
export class PendingCredentials {
  readonly #waiting = new Set<(found: boolean) => void>();

  get isPending(): boolean {
    return this.#waiting.size > 0;
  }

  /**
   * Suspends one request. `notify` tells the application, which may answer at once.
   *
   * @returns true after {@link resume}, false after {@link abort} or the signal's.
   */
  async wait(notify: () => void, signal?: AbortSignal): Promise<boolean> {
    if (signal?.aborted === true) return false;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const giveUp = () => resolve(false);
    this.#waiting.add(resolve);
    signal?.addEventListener('abort', giveUp);
    try {
      notify();
      return await promise;
    } finally {
      this.#waiting.delete(resolve);
      signal?.removeEventListener('abort', giveUp);
    }
  }

  /** Credentials were added: every suspended request is sent again. */
  resume(): void {
    for (const settle of this.#waiting) settle(true);
  }

  /** Every suspended request gets its 401. */
  abort(): void {
    for (const settle of this.#waiting) settle(false);
  }
}
