import { expect, it } from 'vitest';
import { usernameFaults } from './account-rules.ts';

it('a username that is too long is refused before any expression of the operator sees it', () => {
  const usernamePattern = /^/u;
  usernamePattern.test = () => {
    throw new Error('it was asked');
  };
  const rules = { usernamePattern, blacklistedUsernames: [] };
  expect(usernameFaults(rules, 'a'.repeat(65))).toEqual([
    { key: 'validation.max_string', params: { max: 64 } },
  ]);
  expect(() => usernameFaults(rules, 'a'.repeat(64))).toThrow('it was asked');
});
