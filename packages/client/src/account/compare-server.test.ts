import { expect, it } from 'vitest';
import { Address } from '../address/address.ts';
import { AccountParams } from './account-params.ts';
import { compareAddresses, compareServers, registerChanged } from './compare-server.ts';

it.each([
  ['sip:a@h', 'sips:a@h', 'different'],
  ['sip:a@h', 'sip:a@h;transport=tcp', 'different'],
  ['sip:a@h', 'sip:a@h;transport=udp', 'weak-equal'],
  ['sip:a@h', 'sip:a@h?X=y', 'equal'],
  ['sip:a@h', 'sip:a@h;unknown=1', 'equal'],
  ['sip:a@h', 'sip:a@h:5070', 'different'],
  ['sip:a@h', '"A" <sip:a@h>', 'weak-equal'],
])('registration 81: %s against %s is %s', (a, b, expected) => {
  expect(compareAddresses(Address.parse(a), Address.parse(b))).toBe(expected);
});

it('registration 81: an absent address differs from any, two absent ones are equal', () => {
  expect(compareAddresses(Address.parse('sip:a@h'), null)).toBe('different');
  expect(compareAddresses(null, null)).toBe('equal');
});

function params(identity: string, server: string): AccountParams {
  const made = new AccountParams();
  made.setIdentityAddress(Address.parse(identity));
  made.setServerAddr(server);
  return made;
}

it('with a GRUU another server only replaces the binding, another identity does not', () => {
  const before = params('sip:a@h', 'sip:h');
  expect(compareServers(before, params('sip:a@h', 'sip:h2'), false)).toBe('different');
  expect(compareServers(before, params('sip:a@h', 'sip:h2'), true)).toBe('weak-equal');
  expect(compareServers(before, params('sip:b@h', 'sip:h2'), true)).toBe('different');
  expect(compareServers(before, params('"A" <sip:a@h>', 'sip:h'), false)).toBe('weak-equal');
});

it('registration 81: contact parameters and the register flag are no server change', () => {
  const before = params('sip:a@h', 'sip:h');
  const after = before.clone();
  after.contactParameters = 'a=b';
  after.registerEnabled = false;
  expect(compareServers(before, after, false)).toBe('equal');
  expect(registerChanged(before, after)).toBe(true);
});

it('routes, realm, privacy, prefixes and keys need no REGISTER', () => {
  const before = params('sip:a@h', 'sip:h');
  const after = before.clone();
  after.setRoute('sip:r');
  after.realm = 'r';
  after.privacy = 8;
  after.internationalPrefix = '33';
  after.refKey = 'k';
  after.supportedTagsList = [];
  expect(registerChanged(before, after)).toBe(false);
});
