import { expect, it } from 'vitest';
import { isSameText } from './same-text.ts';

it('a name is the same in letters of any case, of ASCII only', () => {
  expect(isSameText('Marie@Example.org', 'marie@eXample.org')).toBe(true);
  expect(isSameText('mark@example.org', 'mar\u212A@example.org')).toBe(false);
  expect(isSameText('É', 'é')).toBe(false);
  expect(isSameText('marie', 'marie ')).toBe(false);
  expect(isSameText(null, '')).toBe(false);
});
