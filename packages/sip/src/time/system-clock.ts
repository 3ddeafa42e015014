import type { Clock, TimerHandle } from './clock.ts';

/** Longest delay one Node timer can hold, about 24.8 days; longer ones are chained. */
const MAX_TIMER_MS = 2 ** 31 - 1;

let lastId = 0;

class SystemTimer implements TimerHandle {
  readonly id: number;
  #timeout: NodeJS.Timeout | undefined;

  constructor() {
    lastId += 1;
    this.id = lastId;
  }

  arm(callback: () => void, delayMs: number): void {
    const step = Math.min(delayMs, MAX_TIMER_MS);
    const rest = delayMs - step;
    this.#timeout = setTimeout(rest > 0 ? () => this.arm(callback, rest) : callback, step);
    this.#timeout.unref();
  }

  clear(): void {
    clearTimeout(this.#timeout);
  }
}

/** For the next turn of the event loop: a Node timer of 0 ms would wait for one. */
class NextTurn implements TimerHandle {
  readonly id: number;
  readonly #immediate: NodeJS.Immediate;

  constructor(callback: () => void) {
    lastId += 1;
    this.id = lastId;
    // Not unreferenced: the loop would sleep over it. The process lives on for this turn only.
    this.#immediate = setImmediate(callback);
  }

  clear(): void {
    clearImmediate(this.#immediate);
  }
}

/** Real time. Its timers do not keep the process alive. */
export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout(callback, delayMs) {
    if (delayMs <= 0) return new NextTurn(callback);
    const timer = new SystemTimer();
    timer.arm(callback, delayMs);
    return timer;
  },
  clearTimeout(timer) {
    if (timer instanceof SystemTimer || timer instanceof NextTurn) timer.clear();
  },
};
