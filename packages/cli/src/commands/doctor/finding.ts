/** Looked at in this order; a fail makes the command fail. */
export type Status = 'ok' | 'warn' | 'fail';

/** One line of `dialtone doctor`. Holds no secret: it ends up in tickets. */
export interface Finding {
  /** What was checked. */
  readonly check: string;
  readonly status: Status;
  readonly text: string;
  /** What to do; there is always something unless all is well. */
  readonly advice?: string;
}

export function ok(check: string, text: string): Finding {
  return { check, status: 'ok', text };
}

export function warn(check: string, text: string, advice: string): Finding {
  return { check, status: 'warn', text, advice };
}

export function fail(check: string, text: string, advice: string): Finding {
  return { check, status: 'fail', text, advice };
}

/** The host under which this machine reaches what listens on `address`. */
export function reachable(address: string): string {
  if (address === '0.0.0.0') return '127.0.0.1';
  if (address === '::') return '[::1]';
  return address.includes(':') ? `[${address}]` : address;
}
