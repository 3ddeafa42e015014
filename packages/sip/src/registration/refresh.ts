import type { NameAddr } from '../message/name-addr.ts';
import type { SipResponse } from '../message/message.ts';
import type { Random } from '../time/random.ts';

/**
 * Seconds the registrar granted: `expires` of our own Contact, else the Expires header, else what was
 * asked. A 0 in answer to a wish for more is a server's way of not saying (registration.md §2.8).
 */
export function grantedExpires(
  response: SipResponse,
  ownContact: NameAddr | undefined,
  askedSeconds: number,
): number {
  const inContact = ownContact?.params.get('expires');
  const granted =
    inContact !== undefined && inContact !== null && /^\d{1,10}$/.test(inContact)
      ? Number(inContact)
      : response.headers.expires;
  return granted === undefined || granted === 0 ? askedSeconds : granted;
}

/** When to refresh a binding that lives `grantedSeconds`: a random point of the refresh window. */
export function refreshDelayMs(
  grantedSeconds: number,
  window: { readonly min: number; readonly max: number },
  random: Random,
): number {
  const percent = window.min + (window.max - window.min) * random.float();
  return grantedSeconds * 10 * percent;
}

/** A refresh window is a range of percent; anything senseless reads as 90-90 (registration.md §1.6). */
export function sanitizeRefreshWindow(window: { readonly min: number; readonly max: number }): {
  readonly min: number;
  readonly max: number;
} {
  const { min, max } = window;
  const valid = min >= 0 && max > 0 && min <= max && Number.isFinite(max);
  return valid ? { min, max } : { min: 90, max: 90 };
}
