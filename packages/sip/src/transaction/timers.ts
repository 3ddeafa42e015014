/** The three estimates from which every transaction timer derives. RFC 3261 §17.1.1.1, table 4. */
export interface TimerValues {
  /** Round-trip time estimate, milliseconds; default 500. */
  readonly t1Ms: number;
  /** Longest interval between retransmissions; default 4000. */
  readonly t2Ms: number;
  /** Longest life of a message in the network; default 5000. */
  readonly t4Ms: number;
}

/** The timers of RFC 3261 §17.1.1.2 as it recommends them. */
export const DEFAULT_TIMERS: TimerValues = { t1Ms: 500, t2Ms: 4000, t4Ms: 5000 };

/** Timer E: how long after a retransmission (or the request) the next one follows. RFC 3261 §17.1.2.2. */
export function nextTimerE(previousMs: number, { t2Ms }: TimerValues): number {
  return Math.min(previousMs * 2, t2Ms);
}

/** Timer F: how long a client waits for a final response. */
export function timerF({ t1Ms }: TimerValues): number {
  return 64 * t1Ms;
}

/** Timer J: how long a server answers repeated requests. RFC 3261 §17.2.2. */
export function timerJ({ t1Ms }: TimerValues, reliable: boolean): number {
  return reliable ? 0 : 64 * t1Ms;
}
