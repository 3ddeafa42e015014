import type { DialPlan } from './dial-plan.ts';
import { dialPlanOf, dialPlanOfNumber, genericDialPlan } from './find-dial-plan.ts';
import { decodeNeedlessEscapes } from './user-escapes.ts';

/** True for digits, spaces (no-break ones too) and `. - ( ) / +` only; the empty text passes. */
export function isPhoneNumber(text: string): boolean {
  return /^[0-9 \u00A0.\-()/+]*$/.test(decodeNeedlessEscapes(text));
}

/**
 * A typed phone number in the form that is dialled: international when the country is known and the
 * number long enough, else its digits (account-creator.md §1.6, N0–N6).
 *
 * @param prefix Country calling code without `+` of numbers typed without one; null when unknown.
 * @param escapePlus Write the country's international call prefix instead of `+`.
 * @returns null when `text` is not phone-like.
 */
export function normalizePhoneNumber(
  prefix: string | null | undefined,
  text: string,
  escapePlus = false,
): string | null {
  if (!isPhoneNumber(text)) return null;
  const flat = decodeNeedlessEscapes(text).replace(/[^0-9+]/g, '');
  const home = prefix ? dialPlanOf(prefix) : undefined;
  if (home && !flat.startsWith('+') && flat.length < home.minNationalLength) return flat;

  if (flat.startsWith('00') && flat.length > 2) {
    const international = `+${flat.slice(2)}`;
    const plan = dialPlanOfNumber(international);
    if (plan !== undefined) {
      const tooShort =
        flat.length < plan.minNationalLength ||
        significantDigits(plan, international).length < plan.minNationalLength;
      return tooShort ? flat : format(plan, international, escapePlus);
    }
  } else {
    const plan = dialPlanOfNumber(flat);
    if (plan !== undefined) return format(plan, flat, escapePlus);
    if (flat.startsWith('+')) return flat;
  }
  return format(homePlan(prefix), flat, escapePlus);
}

/** The plan for numbers without country code; an unknown prefix gets a generic plan of its own. */
function homePlan(prefix: string | null | undefined): DialPlan {
  const plan = dialPlanOf(prefix);
  return prefix && plan === genericDialPlan ? { ...genericDialPlan, callingCode: prefix } : plan;
}

/** The national number: without `+` and calling code. */
function significantDigits(plan: DialPlan, flat: string): string {
  const digits = flat.startsWith('+') ? flat.slice(1) : flat;
  const code = plan.callingCode ?? '';
  return digits.startsWith(code) && digits !== code ? digits.slice(code.length) : digits;
}

function format(plan: DialPlan, flat: string, escapePlus: boolean): string {
  if (plan.callingCode === undefined) return flat;
  const significant = significantDigits(plan, flat);
  const max = maxLengthOf(plan, significant);
  if (significant.length < plan.minNationalLength) return flat;
  const national = significant.length > max ? significant.slice(-max) : significant;
  const start = escapePlus ? plan.internationalCallPrefix : '+';
  return start + plan.callingCode + national;
}

/** Belgium alone has two lengths between which a leading 0 decides. */
function maxLengthOf(plan: DialPlan, significant: string): number {
  if (plan.callingCode !== '32') return plan.maxNationalLength;
  return significant.length === 9 && significant.startsWith('0') ? 8 : 9;
}
