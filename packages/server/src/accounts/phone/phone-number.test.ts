import { describe, expect, it } from 'vitest';
import { parsePhoneNumber } from './phone-number.ts';

describe('phone numbers', () => {
  it('are read in international form, with or without separators', () => {
    for (const text of ['+33612121212', '+33 6 12 12 12 12', '+33-6-12-12-12-12']) {
      expect(parsePhoneNumber(text)).toEqual({ e164: '+33612121212', country: 'FR', valid: true });
    }
  });

  it.each(['0612121212', '33612121212', '+999', '+338', 'blabla', '', 'call +33612121212'])(
    '%j is none',
    (text) => {
      expect(parsePhoneNumber(text)?.country).toBeUndefined();
    },
  );

  it('may have a country and yet be invalid', () => {
    expect(parsePhoneNumber('+33000000000')).toMatchObject({ country: 'FR', valid: false });
  });
});
