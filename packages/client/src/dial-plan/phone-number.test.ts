import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dialPlans } from './dial-plans.ts';
import { dialPlanOf, dialPlanOfNumber, genericDialPlan } from './find-dial-plan.ts';
import { isPhoneNumber, normalizePhoneNumber } from './phone-number.ts';
import { decodeNeedlessEscapes } from './user-escapes.ts';

type Vector = readonly [prefix: string | null, text: string, result: string | null];

/** The vectors that come out otherwise, with what came out. */
function wrong(vectors: readonly Vector[], escapePlus = false): unknown[] {
  return vectors
    .map((vector) => [...vector, normalizePhoneNumber(vector[0], vector[1], escapePlus)])
    .filter(([, , expected, actual]) => expected !== actual);
}

/** Texts that come back as they are. */
function same(prefix: string | null, ...texts: string[]): Vector[] {
  return texts.map((text) => [prefix, text, text]);
}

describe('phone number normalisation', () => {
  it('account-creator 17: flattens numbers without prefix and code', () => {
    expect(
      wrong([
        [null, '012 345 6789', '0123456789'],
        [null, '012345678901234567890', '012345678901234567890'],
        ...same(null, '', '0', '003', '0033', '00331', '001', '0039', '00391'),
      ]),
    ).toEqual([]);
  });

  it('account-creator 18: keeps the last digits of long +33 numbers, short ones unchanged', () => {
    expect(
      wrong([
        ...same(null, '+33123456789', '+3301'),
        [null, '+33012345678', '+33012345678'],
        [null, '+33 0012345678', '+33012345678'],
        [null, '+3301234567891', '+33234567891'],
        [null, '+33 (0) 1 23 45 67 89', '+33123456789'],
        [null, '+90 (903) 1234567', '+909031234567'],
        ...same('33', '+330', '+3301', '+33012345', '+3301234567'),
      ]),
    ).toEqual([]);
  });

  it('account-creator 19: applies the prefix 33 from nine digits on', () => {
    expect(
      wrong([
        ...same('33', '0', '01', '012', '0123456', '01234567'),
        ['33', '01 23-45', '012345'],
        ['33', '012345678', '+33012345678'],
        ['33', '123456789', '+33123456789'],
        ['33', ' 0123456789', '+33123456789'],
        ['33', '012 3456 789', '+33123456789'],
        ['33', '01234567891', '+33234567891'],
        ['33', '09 52-63 65 05', '+33952636505'],
        ...same('33', '+31952636505', '+990012345678'),
      ]),
    ).toEqual([]);
  });

  it('account-creator 20: reads 00 as an international prefix when the number is long enough', () => {
    expect(
      wrong([
        [null, '0033 1 23456789', '+33123456789'],
        [null, '0033 1 2345678', '003312345678'],
        [null, '0033 1 234567891', '+33234567891'],
        [null, '0039 1 23456', '+39123456'],
        [null, '0039 1 2345678901', '+3912345678901'],
        [null, '0039 1 23456789012', '+3923456789012'],
        [null, '0012345678901', '+12345678901'],
        [null, '001234567890', '001234567890'],
        ['33', '0033952636505', '+33952636505'],
        ...same('33', '0033', '00331', '003312345', '003312345678', '00123456789', '001234567890'),
        ['33', '0012345678902', '+12345678902'],
      ]),
    ).toEqual([]);
  });

  it('account-creator 21: uses a generic plan for unknown prefixes', () => {
    expect(
      wrong([
        ['99', '0', '+990'],
        ['99', '0123456789', '+990123456789'],
        ['99', '01234567890', '+991234567890'],
        ['99', '0011234567890', '+11234567890'],
        ...same('99', '+990012345678'),
        ...same(null, '+990012345678'),
      ]),
    ).toEqual([]);
    // Nothing of that prefix may leak into later calls.
    expect(wrong(same(null, '0123456789'))).toEqual([]);
    expect(genericDialPlan.callingCode).toBeUndefined();
  });

  it('account-creator 22: knows Mexico, Myanmar, Cameroon, Finland and Norfolk Island', () => {
    expect(
      wrong([
        ...same('52', '+5217227718184', '+528127718184'),
        ['95', '9965066691', '+959965066691'],
        ['237', '674788175', '+237674788175'],
        ...same('358', '112', '+3584012345678'),
        ['358', '+6723 21234', '+672321234'],
        ['672', '672 3 21234', '+672321234'],
      ]),
    ).toEqual([]);
  });

  it('account-creator 23: knows the two lengths of Belgian numbers', () => {
    expect(
      wrong([
        ...same('32', '0123456'),
        ['32', '01234567', '+3201234567'],
        ['32', '012345678', '+3212345678'],
        ['32', '0123456789', '+32123456789'],
        [null, '003212345678', '+3212345678'],
        ['32', '0470123456', '+32470123456'],
      ]),
    ).toEqual([]);
  });

  it('account-creator 24: writes the international call prefix when the plus is escaped', () => {
    expect(
      wrong(
        [
          ['33', '0952636505', '0033952636505'],
          ['33', '0033952636505', '0033952636505'],
          ['33', '+34952636505', '0034952636505'],
          ['33', '012345678', '0033012345678'],
          ['1', '212 555 1234', '01112125551234'],
          ...same('33', '0', '0123'),
        ],
        true,
      ),
    ).toEqual([]);
  });

  it('account-creator 25: refuses letters and non-ASCII digits', () => {
    expect(
      wrong([
        [null, 'abcdefghi', null],
        ['33', '01234567a9', null],
        ['33', '٠١٢٣٤٥٦٧٨٩', null],
      ]),
    ).toEqual([]);
  });

  it('undoes needless escapes first and accepts no-break spaces', () => {
    expect(
      wrong([
        [null, '%2B33123456789', '+33123456789'],
        ['33', '01\u00A023\u00A045\u00A067\u00A089', '+33123456789'],
        ['33', '01%2023456789', null],
      ]),
    ).toEqual([]);
    expect(decodeNeedlessEscapes('%61%20%zz%')).toBe('a%20%zz%');
    expect(isPhoneNumber('')).toBe(true);
  });

  it('gives null or a text of digits for any input', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[0-9+ ()./-]{0,20}$/));
    fc.assert(
      fc.property(fc.option(fc.stringMatching(/^\d{0,4}$/)), text, fc.boolean(), (p, t, e) => {
        expect(normalizePhoneNumber(p, t, e) ?? '').toMatch(/^[0-9+]*$/);
      }),
    );
  });

  it('is idempotent for numbers with a known country', () => {
    const number = fc
      .tuple(fc.constantFrom(...dialPlans), fc.stringMatching(/^[1-9]\d{12}$/))
      .map(([plan, digits]) => `+${plan.callingCode}${digits.slice(0, plan.maxNationalLength)}`);
    fc.assert(
      fc.property(number, (text) => {
        const once = normalizePhoneNumber(null, text) ?? '';
        expect(normalizePhoneNumber(null, once)).toBe(once);
      }),
    );
  });
});

describe('the dial plan table', () => {
  it('is unambiguous: no calling code begins another', () => {
    const codes = dialPlans.map((plan) => plan.callingCode ?? '');
    const clashes = codes.filter((code) =>
      codes.some((other) => other !== code && other.startsWith(code)),
    );
    expect(clashes).toEqual([]);
    expect(new Set(codes).size).toBe(204);
  });

  it('finds plans by calling code and by number', () => {
    expect(dialPlanOf('33')).toMatchObject({ isoCountryCode: 'FR', internationalCallPrefix: '00' });
    expect(dialPlanOf('999')).toBe(genericDialPlan);
    expect(dialPlanOf(null)).toBe(genericDialPlan);
    expect(dialPlanOfNumber('+12025550123')?.callingCode).toBe('1');
    expect(dialPlanOfNumber('12025550123')).toBeUndefined();
    expect(dialPlanOfNumber('+999')).toBeUndefined();
  });
});
