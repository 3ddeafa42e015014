import type { SipResponse } from '../message/message.ts';
import type { Random } from '../time/random.ts';
import { contactsOf } from './contact.ts';
import type { RegistrationSettings } from './settings.ts';

/**
 * What a final answer to REGISTER asks for (registration.md §2.7). `retryMs` undefined: wait for the
 * application; `'default'`: the pause between failing attempts.
 */
export type Reaction =
  | { readonly kind: 'accept' }
  | { readonly kind: 'challenge' }
  | { readonly kind: 'redirect' }
  | { readonly kind: 'lengthen'; readonly expiresSeconds: number }
  /** Try again later without telling anybody. */
  | { readonly kind: 'wait'; readonly retryMs: number }
  | { readonly kind: 'fail'; readonly retryMs: number | 'default' | undefined };

const FAIL_FOR_GOOD: Reaction = { kind: 'fail', retryMs: undefined };
const FAIL: Reaction = { kind: 'fail', retryMs: 'default' };

/** Pause after a transaction timeout: the 32 s of timer F were the real wait. */
export const TIMEOUT_RETRY_MS = 2000;

/** 491 asks two colliding requests to try again at different moments (RFC 3261 §21.4.27). */
const COLLISION_WINDOW_MS = 10_000;

/** The largest lifetime we ask for: delta-seconds stay below 2^31 (RFC 3261 §20.19 allows 2^32 - 1). */
const MAX_EXPIRES_SECONDS = 2 ** 31 - 1;

/** A server that asks for more has made a mistake, which must not silence a phone for years. */
const MAX_RETRY_AFTER_SECONDS = 86_400;

/** Decides on a final answer to a REGISTER that asked for `askedExpires` seconds. */
export function reactTo(response: SipResponse, askedExpires: number, random: Random): Reaction {
  const { status, headers } = response;
  if (status < 300) return { kind: 'accept' };
  if (status === 401 || status === 407) return { kind: 'challenge' };
  // Removing a binding is tried once: it ends by itself anyway.
  if (askedExpires === 0) return FAIL_FOR_GOOD;
  const retryAfterMs = waitAskedFor(headers.retryAfter);
  switch (status) {
    case 301:
    case 302:
      return contactsOf(response).length > 0 ? { kind: 'redirect' } : FAIL_FOR_GOOD;
    case 404:
    case 480:
    case 500:
      return retryAfterMs === undefined ? FAIL : { kind: 'wait', retryMs: retryAfterMs };
    case 423: {
      const floor = headers.minExpires ?? 0;
      // A floor that we already respect would be answered by the same 423, for ever.
      return floor > askedExpires && floor <= MAX_EXPIRES_SECONDS
        ? { kind: 'lengthen', expiresSeconds: floor }
        : FAIL_FOR_GOOD;
    }
    case 481:
    case 503:
      return { kind: 'fail', retryMs: retryAfterMs ?? 'default' };
    case 491:
      return { kind: 'wait', retryMs: random.float() * COLLISION_WINDOW_MS };
    default:
      return status >= 600 ? FAIL_FOR_GOOD : FAIL;
  }
}

/** 0 names no moment: taken at its word, every refusal would be followed by the next request. */
function waitAskedFor(retryAfterSeconds: number | undefined): number | undefined {
  if (retryAfterSeconds === undefined || retryAfterSeconds === 0) return undefined;
  return Math.min(retryAfterSeconds, MAX_RETRY_AFTER_SECONDS) * 1000;
}

/** The pause before attempt number `failures + 1`; `failures` counts from 1. */
export function retryDelayMs(
  settings: RegistrationSettings,
  failures: number,
  random: Random,
): number {
  const { retryPattern } = settings;
  if (retryPattern.kind === 'constant') return settings.retryAfterMs;
  const wait = Math.min(retryPattern.maxMs, retryPattern.baseMs * 2 ** Math.min(failures, 30));
  return wait * (0.5 + random.float() / 2);
}
