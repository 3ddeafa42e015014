/** A running timer; opaque to its owner. */
export interface TimerHandle {
  readonly id: number;
}

/** Time as a parameter: production passes the system clock, tests a fake one. */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Calls `callback` once, `delayMs` milliseconds from now. Never keeps the process alive alone. */
  setTimeout(callback: () => void, delayMs: number): TimerHandle;
  clearTimeout(timer: TimerHandle | undefined): void;
}
