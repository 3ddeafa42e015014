import type { Clock, TimerHandle } from '../time/clock.ts';
import { type HeapTimer, TimerHeap } from './timer-heap.ts';

/** 2026-01-01T00:00:00Z: an ordinary date, the same in every test. */
const DEFAULT_START_MS = Date.UTC(2026, 0, 1);

/**
 * A clock that moves only when told. Timers fire in order of due time, then of creation; a callback
 * sees `now()` equal to its own due time. Every operation is O(log n).
 *
 * @example
 * const clock = new FakeClock();
 * clock.setTimeout(() => console.log('late'), 32_000);
 * clock.advance(32_000); // prints
 */
export class FakeClock implements Clock {
  readonly #heap = new TimerHeap();
  #nowMs: number;
  #lastId = 0;

  constructor(startMs: number = DEFAULT_START_MS) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  /** Timers that have neither fired nor been cleared: 0 proves that nothing is left behind. */
  get pending(): number {
    return this.#heap.size;
  }

  /** Milliseconds until the next timer; undefined without one. */
  get untilNext(): number | undefined {
    const next = this.#heap.peek();
    return next === undefined ? undefined : next.dueAt - this.#nowMs;
  }

  setTimeout(callback: () => void, delayMs: number): TimerHandle {
    this.#lastId += 1;
    const timer: HeapTimer = {
      id: this.#lastId,
      dueAt: this.#nowMs + Math.max(delayMs, 0),
      callback,
      index: -1,
    };
    this.#heap.push(timer);
    return timer;
  }

  clearTimeout(timer: TimerHandle | undefined): void {
    if (timer !== undefined && isHeapTimer(timer)) this.#heap.remove(timer);
  }

  /** Moves time by `ms`, firing all that falls due, timers set meanwhile included. */
  advance(ms: number): void {
    const target = this.#nowMs + ms;
    while (this.#fireOneUntil(target));
    this.#nowMs = target;
  }

  /** Jumps to the next timer and fires it; false when there is none. */
  advanceToNext(): boolean {
    return this.#fireOneUntil(Number.POSITIVE_INFINITY);
  }

  /** As `advance`, and lets promises settle before the first and after every timer. */
  async advanceAsync(ms: number): Promise<void> {
    const target = this.#nowMs + ms;
    await settlePromises();
    while (this.#fireOneUntil(target)) await settlePromises();
    this.#nowMs = target;
  }

  /** As `advanceToNext`, with promises settled before and after. */
  async advanceToNextAsync(): Promise<boolean> {
    await settlePromises();
    const fired = this.advanceToNext();
    await settlePromises();
    return fired;
  }

  /** Lets promises settle and timers that are already due fire; time stands still. */
  settle(): Promise<void> {
    return this.advanceAsync(0);
  }

  #fireOneUntil(target: number): boolean {
    const next = this.#heap.peek();
    if (next === undefined || next.dueAt > target) return false;
    this.#heap.remove(next);
    this.#nowMs = next.dueAt;
    next.callback();
    return true;
  }
}

function isHeapTimer(timer: TimerHandle): timer is HeapTimer {
  return 'dueAt' in timer;
}

/** One turn of the event loop: every promise chain that waits for no I/O has run when it is over. */
function settlePromises(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
