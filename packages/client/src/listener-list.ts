import { callSafely } from './call-safely.ts';

/** The listeners of one object, told in the order in which they were added. */
export class ListenerList<Listener extends object> {
  #listeners: readonly Listener[] = [];
  #current: Listener | null = null;

  /** The listener being told right now; null outside a notification. */
  get current(): Listener | null {
    return this.#current;
  }

  get size(): number {
    return this.#listeners.length;
  }

  /** A listener added twice is told twice. */
  add(listener: Listener): void {
    this.#listeners = [...this.#listeners, listener];
  }

  /** Removes the first occurrence; unknown listeners are ignored. */
  remove(listener: Listener): void {
    const index = this.#listeners.indexOf(listener);
    if (index !== -1) this.#listeners = this.#listeners.toSpliced(index, 1);
  }

  clear(): void {
    this.#listeners = [];
  }

  some(predicate: (listener: Listener) => boolean): boolean {
    return this.#listeners.some(predicate);
  }

  /** Tells every listener there is at this moment, whatever they add, remove or throw meanwhile. */
  notify(tell: (listener: Listener) => void): void {
    const outer = this.#current;
    for (const listener of this.#listeners) {
      this.#current = listener;
      callSafely(() => tell(listener));
    }
    this.#current = outer;
  }
}
