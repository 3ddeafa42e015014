/** Which digest challenges may be answered (registration.md §3.4). */
export interface DigestPolicy {
  /** Default true. False refuses MD5 and challenges without algorithm. */
  readonly allowMd5: boolean;
  /** Default true. False refuses challenges that do not offer `qop=auth`. */
  readonly allowNoQop: boolean;
}

/** How long to wait between attempts that keep failing. */
export type RetryPattern =
  | { readonly kind: 'constant' }
  /** RFC 5626 §4.5: `min(maxMs, baseMs * 2^failures)`, of which 50 to 100 % is waited. */
  | { readonly kind: 'back-off'; readonly baseMs: number; readonly maxMs: number };

/** Values shared by all registrations; read each time they are needed, so they may change at any moment. */
export interface RegistrationSettings {
  /** Milliseconds between attempts after a failure. Default 60 000. */
  readonly retryAfterMs: number;
  /** Default constant, as liblinphone; choice C7. */
  readonly retryPattern: RetryPattern;
  /** Part of the granted lifetime after which to refresh, in percent, uniform in [min, max). Default 90-90. */
  readonly refreshWindow: { readonly min: number; readonly max: number };
  /** Write the address learnt from `received`/`rport` into the Contact. Default true. */
  readonly natHelper: boolean;
  readonly digestPolicy: DigestPolicy;
}

/** The settings of a registration that nobody changed. */
export const DEFAULT_SETTINGS: RegistrationSettings = {
  retryAfterMs: 60_000,
  retryPattern: { kind: 'constant' },
  refreshWindow: { min: 90, max: 90 },
  natHelper: true,
  digestPolicy: { allowMd5: true, allowNoQop: true },
};
