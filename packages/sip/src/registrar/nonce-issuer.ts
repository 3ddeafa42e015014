import { hash, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../time/clock.ts';
import type { Random } from '../time/random.ts';

export type NonceVerdict =
  | 'fresh'
  /** Ours, but too old: the client may answer a new one without asking its user. RFC 7616 §3.3. */
  | 'stale'
  /** Ours, with a nonce count that is not higher than one seen before. */
  | 'replayed';

export interface NonceOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Life of a nonce; refreshes reuse it with rising counts. */
  readonly lifetimeMs: number;
  /** Nonces whose counts are remembered; the oldest make room. */
  readonly maxRemembered?: number;
}

const MAC_LENGTH = 32;

/**
 * Nonces that need no memory until they are used: time and randomness under a MAC of this process.
 * Of a used one the highest count is kept as long as it lives.
 */
export class NonceIssuer {
  readonly #options: Required<NonceOptions>;
  readonly #secret: string;
  /** Highest count by nonce, oldest use first. */
  readonly #counts = new Map<string, number>();

  constructor(options: NonceOptions) {
    this.#options = { maxRemembered: 200_000, ...options };
    this.#secret = options.random.token(32);
  }

  /** `receiver`: whoever answers to it must be the same. */
  issue(receiver: string): string {
    const { clock, random } = this.#options;
    const body = `${clock.now().toString(36)}.${random.token(12)}`;
    return `${body}.${this.#mac(body, receiver)}`;
  }

  /** Judges a nonce of ours and, when it is fresh, remembers its count. */
  use(nonce: string, count: number): NonceVerdict {
    const issuedAt = Number.parseInt(nonce, 36);
    const { clock, lifetimeMs, maxRemembered } = this.#options;
    if (clock.now() - issuedAt > lifetimeMs) {
      this.#counts.delete(nonce);
      return 'stale';
    }
    if (count <= (this.#counts.get(nonce) ?? 0)) return 'replayed';
    this.#counts.delete(nonce);
    this.#counts.set(nonce, count);
    if (this.#counts.size > maxRemembered) {
      const [oldest] = this.#counts.keys();
      if (oldest !== undefined) this.#counts.delete(oldest);
    }
    return 'fresh';
  }

  /** Whether the nonce was issued here, to this receiver. */
  isOurs(nonce: string, receiver: string): boolean {
    const body = nonce.slice(0, -(MAC_LENGTH + 1));
    const given = Buffer.from(nonce);
    const expected = Buffer.from(`${body}.${this.#mac(body, receiver)}`);
    // Compared whole: a nonce that something was added to is another one.
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  #mac(body: string, receiver: string): string {
    // The secret on both sides and a truncated result leave nothing to extend; one call is a quarter of an HMAC.
    const text = `${this.#secret}${body} ${receiver}${this.#secret}`;
    return hash('sha256', text, 'hex').slice(0, MAC_LENGTH);
  }
}
