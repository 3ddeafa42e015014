/** Runs tasks of one key one after another, tasks of different keys side by side. */
export class SerialQueue {
  readonly #tails = new Map<string, Promise<void>>();

  /** Keys with a task that runs or waits. */
  get size(): number {
    return this.#tails.size;
  }

  async run(key: string, task: () => Promise<void>): Promise<void> {
    const before = this.#tails.get(key);
    const { promise: tail, resolve } = Promise.withResolvers<void>();
    this.#tails.set(key, tail);
    try {
      await before;
      await task();
    } finally {
      resolve();
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
    }
  }
}
