import type { Clock, TimerHandle } from '../time/clock.ts';

/** Fires once nothing happened for a while. It is moved only when it fires: traffic costs a time stamp. */
export class IdleTimer {
  readonly #clock: Clock;
  readonly #limitMs: number;
  readonly #onIdle: () => void;
  #lastTrafficAt = 0;
  #timer: TimerHandle | undefined;

  constructor(clock: Clock, limitMs: number, onIdle: () => void) {
    this.#clock = clock;
    this.#limitMs = limitMs;
    this.#onIdle = onIdle;
  }

  start(): void {
    this.touch();
    this.#arm(this.#limitMs);
  }

  touch(): void {
    this.#lastTrafficAt = this.#clock.now();
  }

  stop(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #arm(delayMs: number): void {
    this.#timer = this.#clock.setTimeout(() => {
      const leftMs = this.#lastTrafficAt + this.#limitMs - this.#clock.now();
      if (leftMs > 0) this.#arm(leftMs);
      else this.#onIdle();
    }, delayMs);
  }
}
