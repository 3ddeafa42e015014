/**
 * Counts how often a client has used its current nonce: 1 on first use, from 1 again with a new
 * nonce. RFC 7616 §3.4, registration.md §3.6.
 */
export class NonceCounter {
  #nonce: string | undefined;
  #count = 0;

  /** The count to send with the next request that uses `nonce`. */
  next(nonce: string): number {
    if (nonce !== this.#nonce) {
      this.#nonce = nonce;
      this.#count = 0;
    }
    this.#count++;
    return this.#count;
  }
}
