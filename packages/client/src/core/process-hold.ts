/** As long as one timer can wait. */
const FOREVER_MS = 2 ** 31 - 1;

/**
 * Keeps the process alive while a core runs, as a listening server does: the clock's timers alone would
 * let a program end between two refreshes.
 */
export class ProcessHold {
  #timer: NodeJS.Timeout | undefined;

  take(): void {
    this.#timer ??= setInterval(() => undefined, FOREVER_MS);
  }

  release(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
