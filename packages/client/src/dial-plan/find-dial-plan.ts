import type { DialPlan } from './dial-plan.ts';
import { dialPlans } from './dial-plans.ts';

/** Stands for every calling code that has no plan of its own. */
export const genericDialPlan: DialPlan = {
  callingCode: undefined,
  isoCountryCode: '',
  minNationalLength: 0,
  maxNationalLength: 10,
  internationalCallPrefix: '00',
};

const byCallingCode = new Map(dialPlans.map((plan) => [plan.callingCode, plan]));

const LONGEST_CALLING_CODE = 3;

/** The plan of a country calling code (no `+`), the generic plan when there is none. */
export function dialPlanOf(callingCode: string | null | undefined): DialPlan {
  return byCallingCode.get(callingCode ?? undefined) ?? genericDialPlan;
}

/** The plan whose calling code begins a number written with `+`; undefined when none does. */
export function dialPlanOfNumber(e164: string): DialPlan | undefined {
  if (!e164.startsWith('+')) return undefined;
  for (let length = 1; length <= LONGEST_CALLING_CODE; length += 1) {
    const plan = byCallingCode.get(e164.slice(1, 1 + length));
    if (plan !== undefined) return plan;
  }
  return undefined;
}
