import type { TimerHandle } from '../time/clock.ts';

/** A timer of the fake clock: when it is due, and where it sits in the heap (-1 once out of it). */
export interface HeapTimer extends TimerHandle {
  readonly dueAt: number;
  readonly callback: () => void;
  index: number;
}

/** Binary heap by due time, then by creation; each timer knows its place, so that removal needs no scan. */
export class TimerHeap {
  readonly #timers: HeapTimer[] = [];

  get size(): number {
    return this.#timers.length;
  }

  peek(): HeapTimer | undefined {
    return this.#timers[0];
  }

  push(timer: HeapTimer): void {
    this.#place(timer, this.#timers.length);
    this.#rise(timer);
  }

  /** Takes the timer out; nothing happens when it has fired or was removed before. */
  remove(timer: HeapTimer): void {
    const { index } = timer;
    if (index < 0 || this.#timers[index] !== timer) return;
    const last = this.#timers.pop();
    timer.index = -1;
    if (last === undefined || last === timer) return;
    this.#place(last, index);
    this.#rise(last);
    this.#sink(last);
  }

  #place(timer: HeapTimer, index: number): void {
    this.#timers[index] = timer;
    timer.index = index;
  }

  #rise(timer: HeapTimer): void {
    while (timer.index > 0) {
      const { index } = timer;
      const parent = this.#timers[(index - 1) >> 1];
      if (parent === undefined || !isEarlier(timer, parent)) return;
      this.#place(timer, parent.index);
      this.#place(parent, index);
    }
  }

  #sink(timer: HeapTimer): void {
    for (;;) {
      const { index } = timer;
      const left = this.#timers[2 * index + 1];
      if (left === undefined) return;
      const right = this.#timers[2 * index + 2];
      const child = right !== undefined && isEarlier(right, left) ? right : left;
      if (!isEarlier(child, timer)) return;
      this.#place(timer, child.index);
      this.#place(child, index);
    }
  }
}

function isEarlier(a: HeapTimer, b: HeapTimer): boolean {
  return a.dueAt < b.dueAt || (a.dueAt === b.dueAt && a.id < b.id);
}
