import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAuthItems, parseAuthParams, quoted } from './auth-params.ts';

describe('quoted values', () => {
  it('are read back as they were', () => {
    const value = fc.string({ unit: fc.constantFrom('"', '\\', 'a', ',', '=', ' ', 'é') });
    fc.assert(
      fc.property(value, value, (a, b) => {
        const params = parseAuthParams(`${quoted('a', a)}, ${quoted('b', b)}`);
        expect(params && [...params]).toEqual([
          ['a', a],
          ['b', b],
        ]);
      }),
    );
  });

  it.each(['X a="', ', X a="b', 'X a="b\\"', 'X a="b\\', 'X a="b" c', 'X a="b", c="d'])(
    'without an end are refused: %s',
    (text) => {
      expect(parseAuthItems(text)).toBeUndefined();
    },
  );
});
