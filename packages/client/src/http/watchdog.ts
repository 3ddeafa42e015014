import type { Clock, TimerHandle } from '@dialtone/sip';

/** A timer that is pushed back by every sign of life. */
export interface Watchdog {
  /** Waits `delayMs` from now, whatever it was waiting for. */
  restart(delayMs: number): void;
  /** For good. */
  stop(): void;
}

/** Calls `bark` once, when nothing pushed it back in time. */
export function createWatchdog(clock: Clock, bark: () => void): Watchdog {
  let timer: TimerHandle | undefined;
  let stopped = false;
  return {
    restart(delayMs) {
      clock.clearTimeout(timer);
      if (!stopped) timer = clock.setTimeout(bark, delayMs);
    },
    stop() {
      stopped = true;
      clock.clearTimeout(timer);
    },
  };
}
