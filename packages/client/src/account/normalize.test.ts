import { expect, it } from 'vitest';
import { Address } from '../address/address.ts';
import { ProxyConfig } from '../proxy-config/proxy-config.ts';
import { AccountParams } from './account-params.ts';
import { interpretUrl, normalizePhoneNumber, normalizeSipUri } from './normalize.ts';

function account(identity: string): AccountParams {
  const params = new AccountParams();
  params.setIdentityAddress(Address.parse(identity));
  return params;
}

it('registration 1: numbers follow prefix and escape plus of the account; letters give null', () => {
  const config = new ProxyConfig();
  expect(config.normalizePhoneNumber('012 345 6789')).toBe('0123456789');
  config.dialPrefix = '33';
  expect(config.normalizePhoneNumber('0952 636-505')).toBe('+33952636505');
  config.dialEscapePlus = true;
  expect(config.normalizePhoneNumber('0952636505')).toBe('0033952636505');
  expect(config.normalizePhoneNumber('+34952636505')).toBe('0034952636505');
  expect(config.normalizePhoneNumber('letters')).toBeNull();
  expect(normalizePhoneNumber(null, '+33123456789')).toBe('+33123456789');
});

it('registration 2: a user without domain needs an account', () => {
  expect(normalizeSipUri(null, 'alice')).toBeNull();
  expect(normalizeSipUri(null, '')).toBeNull();
  expect(normalizeSipUri(null, 'alice@example.org')?.asString()).toBe('sip:alice@example.org');
  expect(normalizeSipUri(null, 'sip:alice@example.org;transport=tls')?.asStringUriOnly()).toBe(
    'sip:alice@example.org;transport=tls',
  );
  const params = account('"Me" <sip:me@example.org;x=1>');
  expect(normalizeSipUri(params, '\u0661')?.asString()).toBe('sip:%d9%a1@example.org');
  expect(normalizeSipUri(params, 'tel:+33')?.isSip).toBe(true);
});

it('registration 83: what a person typed becomes an address at the default domain', () => {
  const params = account('sip:me@example.org');
  expect(interpretUrl(params, 'sips:bob@example.org')?.asString()).toBe('sips:bob@example.org');
  for (const [typed, printed] of [
    ['23', 'sip:23@example.org'],
    ['#24', 'sip:%2324@example.org'],
    ['paul ine', 'sip:paul%20ine@example.org'],
  ] as const) {
    const address = interpretUrl(params, typed);
    expect(address?.asString()).toBe(printed);
    expect(Address.parse(address?.asString() ?? '')?.username).toBe(typed);
  }
  expect(interpretUrl(params, 'ALICE')?.username).toBe('alice');
  expect(interpretUrl(null, 'alice')).toBeNull();
});

it('a typed number is dialled with the country of the account', () => {
  const params = account('sip:me@example.org');
  params.internationalPrefix = '33';
  expect(interpretUrl(params, '09 52 63 65 05')?.username).toBe('+33952636505');
});
