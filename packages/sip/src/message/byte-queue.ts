const MIN_CAPACITY = 2_048;
const NOTHING = new Uint8Array(0);

/**
 * Bytes waiting to be read, first in first out. Capacity doubles as needed, so that many small
 * pieces cost no more than a few large ones, and is given back when the queue runs empty.
 */
export class ByteQueue {
  #bytes: Uint8Array = NOTHING;
  #start = 0;
  #end = 0;

  /** The waiting bytes; valid until the next call of `append` or `drop`. */
  get view(): Uint8Array {
    return this.#bytes.subarray(this.#start, this.#end);
  }

  append(bytes: Uint8Array): void {
    if (this.#end + bytes.length > this.#bytes.length) this.#makeRoom(bytes.length);
    this.#bytes.set(bytes, this.#end);
    this.#end += bytes.length;
  }

  /** Removes the first `count` bytes. */
  drop(count: number): void {
    this.#start += count;
    if (this.#start < this.#end) return;
    this.#bytes = NOTHING;
    this.#start = 0;
    this.#end = 0;
  }

  #makeRoom(count: number): void {
    const waiting = this.view;
    const needed = waiting.length + count;
    const larger = new Uint8Array(Math.max(needed, waiting.length * 2, MIN_CAPACITY));
    larger.set(waiting);
    this.#bytes = larger;
    this.#start = 0;
    this.#end = waiting.length;
  }
}
