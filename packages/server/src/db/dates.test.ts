import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromDbDate, toDbDate, toJsonDate } from './dates.ts';

describe('dates', () => {
  it('survive the way to the database and back, cut to the second', () => {
    const seconds = fc.integer({ min: 0, max: 4_102_444_800 });
    fc.assert(
      fc.property(seconds, fc.integer({ min: 0, max: 999 }), (s, ms) => {
        expect(fromDbDate(toDbDate(s * 1000 + ms))).toBe(s * 1000);
      }),
    );
  });

  it('print as FAM prints them', () => {
    expect(toDbDate(Date.UTC(2025, 0, 31, 9, 5, 7))).toBe('2025-01-31 09:05:07');
    expect(toJsonDate('2025-01-31 09:05:07')).toBe('2025-01-31T09:05:07.000000Z');
  });

  it('read a zero date of FAM as long past', () => {
    expect(fromDbDate('0000-00-00 00:00:00')).toBe(0);
    expect(fromDbDate('2025-01-31')).toBe(Date.UTC(2025, 0, 31));
  });
});
