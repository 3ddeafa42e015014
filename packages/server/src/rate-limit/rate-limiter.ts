/** What a call may do. */
export interface Allowance {
  readonly allowed: boolean;
  /** Milliseconds until the window ends. */
  readonly resetMs: number;
}

/** Counts calls in fixed windows. */
export interface RateLimiter {
  /** Counts one call under `key` and says whether it is within `limit` per `windowMs`. */
  hit(key: string, limit: number, windowMs: number): Promise<Allowance>;
  /** Whether a further call would still be within `limit`; counts nothing. */
  peek(key: string, limit: number): Promise<Allowance>;
  close(): Promise<void>;
}

/** Counts nothing and allows everything. */
export const unlimited: RateLimiter = {
  hit: async () => ({ allowed: true, resetMs: 0 }),
  peek: async () => ({ allowed: true, resetMs: 0 }),
  close: async () => {},
};
