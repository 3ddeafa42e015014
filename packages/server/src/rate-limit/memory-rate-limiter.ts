import type { Clock } from '@dialtone/sip';
import type { Allowance, RateLimiter } from './rate-limiter.ts';

interface Window {
  count: number;
  readonly endsAt: number;
}

/** Keys held before ended windows are swept; a flood of strangers costs at most this much memory. */
const maxWindows = 100_000;

/** Counters of this process; enough for one node. */
export class MemoryRateLimiter implements RateLimiter {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #windows = new Map<string, Window>();

  constructor(clock: Pick<Clock, 'now'>) {
    this.#clock = clock;
  }

  async hit(key: string, limit: number, windowMs: number): Promise<Allowance> {
    const now = this.#clock.now();
    const window = this.#open(key, now, windowMs);
    window.count += 1;
    return { allowed: window.count <= limit, resetMs: window.endsAt - now };
  }

  async peek(key: string, limit: number): Promise<Allowance> {
    const now = this.#clock.now();
    const window = this.#windows.get(key);
    if (window === undefined || window.endsAt <= now) return { allowed: true, resetMs: 0 };
    return { allowed: window.count < limit, resetMs: window.endsAt - now };
  }

  async close(): Promise<void> {
    this.#windows.clear();
  }

  #open(key: string, now: number, windowMs: number): Window {
    const current = this.#windows.get(key);
    if (current !== undefined && current.endsAt > now) return current;
    if (this.#windows.size >= maxWindows) this.#sweep(now);
    const opened = { count: 0, endsAt: now + windowMs };
    this.#windows.delete(key);
    this.#windows.set(key, opened);
    return opened;
  }

  /** Drops ended windows; when that frees too little, the oldest half. */
  #sweep(now: number): void {
    for (const [key, window] of this.#windows) {
      if (window.endsAt <= now) this.#windows.delete(key);
    }
    for (const key of this.#windows.keys()) {
      if (this.#windows.size <= maxWindows / 2) return;
      this.#windows.delete(key);
    }
  }
}
