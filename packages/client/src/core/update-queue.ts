import type { Clock, TimerHandle } from '@dialtone/sip';

/** Something that has work for the next iterate. */
export interface Updatable {
  update(): void;
}

/**
 * Work put off to the next iterate. With automatic iteration one timer of 0 ms is set when the first
 * work arrives: nothing runs while there is nothing to do.
 */
export class UpdateQueue {
  readonly #clock: Clock;
  #waiting = new Set<Updatable>();
  #timer: TimerHandle | undefined;
  #automatic = true;
  /** Work is kept, not done, until this is set. */
  #open = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get automatic(): boolean {
    return this.#automatic;
  }

  set automatic(value: boolean) {
    this.#automatic = value;
    this.#schedule();
  }

  set open(value: boolean) {
    this.#open = value;
    this.#schedule();
  }

  add(work: Updatable): void {
    this.#waiting.add(work);
    this.#schedule();
  }

  remove(work: Updatable): void {
    this.#waiting.delete(work);
  }

  /** Does what is waiting; what it causes waits for the next time. */
  run(): void {
    if (!this.#open) return;
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    const work = this.#waiting;
    this.#waiting = new Set();
    for (const item of work) {
      // What is told to the application may make it stop the core.
      if (this.#open) item.update();
    }
  }

  clear(): void {
    this.#waiting.clear();
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #schedule(): void {
    if (!this.#automatic || !this.#open || this.#waiting.size === 0) return;
    this.#timer ??= this.#clock.setTimeout(() => this.run(), 0);
  }
}
