import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  commaListSchema,
  dayInputSchema,
  domainNameSchema,
  formBooleanSchema,
  formIntegerSchema,
  fourDigitCodeSchema,
  idParamSchema,
  jsonDate,
} from './fields.ts';

describe('fields of the API', () => {
  it('dates in JSON are UTC with six fractional digits', () => {
    expect(jsonDate(Date.UTC(2026, 10, 20, 16, 12, 55, 999))).toBe('2026-11-20T16:12:55.000000Z');
  });

  it.each(['example.com', 'a.bc', 'sip-1.example.co.uk', `${'a'.repeat(63)}.com`])(
    '%s is a domain name',
    (text) => {
      expect(domainNameSchema.safeParse(text).success).toBe(true);
    },
  );

  it.each(['baddomain', 'a.b', 'UPPER.com', '-a.com', 'a-.com', 'a_b.com', '1.2.3.4', 'a..com'])(
    '%s is none',
    (text) => {
      expect(domainNameSchema.safeParse(text).success).toBe(false);
    },
  );

  it.each(['2030-01-02', '2030-01-02 03:04:05', '2030-01-02T03:04:05.000000Z'])(
    '%s is a day',
    (text) => {
      expect(dayInputSchema.parse(text)).toBe(Date.UTC(2030, 0, 2));
    },
  );

  it.each(['2030-02-31', '2030-13-01', 'tomorrow', '2030-01-021'])('%s is none', (text) => {
    expect(dayInputSchema.safeParse(text).success).toBe(false);
  });

  it('booleans are written in six ways', () => {
    for (const value of [true, 1, '1']) expect(formBooleanSchema.parse(value)).toBe(true);
    for (const value of [false, 0, '0']) expect(formBooleanSchema.parse(value)).toBe(false);
    for (const value of ['true', 'yes', 2, null]) {
      expect(formBooleanSchema.safeParse(value).success).toBe(false);
    }
  });

  it('numbers fit into a column', () => {
    expect(formIntegerSchema.parse('-20')).toBe(-20);
    expect(idParamSchema.parse('007')).toBe(7);
    for (const value of ['2147483648', '1.5', 'x', '1e3', 1.5]) {
      expect(formIntegerSchema.safeParse(value).success).toBe(false);
      expect(idParamSchema.safeParse(String(value)).success).toBe(false);
    }
  });

  it('codes are four digits, as text or number', () => {
    expect(fourDigitCodeSchema.parse(1234)).toBe('1234');
    expect(fourDigitCodeSchema.parse('0123')).toBe('0123');
    expect(fourDigitCodeSchema.safeParse(123).success).toBe(false);
  });

  it('lists of words have single commas and no spaces', () => {
    expect(commaListSchema.safeParse('FN,ORG').success).toBe(true);
    for (const text of ['wrong _ data', 'a,,b', ',a', 'a,']) {
      expect(commaListSchema.safeParse(text).success).toBe(false);
    }
  });

  it('any text is read or refused', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const schema of [dayInputSchema, domainNameSchema, idParamSchema, commaListSchema]) {
          expect(typeof schema.safeParse(text).success).toBe('boolean');
        }
      }),
    );
  });
});
