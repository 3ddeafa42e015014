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

it('an expression with endless ways to fail is given up', () => {
  const endless = /^(?:[a-z]+)*$/u;
  const name = `${'a'.repeat(60)}!`;
  const rules = { usernamePattern: endless, blacklistedUsernames: ['^(?:[a-z]+)*$'] };
  // Late is refused, whichever of the two it was.
  expect(usernameFaults(rules, name)).toEqual(['validation.blacklisted', 'validation.regex']);
  expect(usernameFaults(rules, 'alice')).toEqual(['validation.blacklisted']);
});
