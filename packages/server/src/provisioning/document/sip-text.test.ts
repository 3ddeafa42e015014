import { expect, it } from 'vitest';
import { typedServerAddress } from './sip-text.ts';

it.each([
  ['host.example', '<sip:host.example;transport=tls>'],
  [' host.example:5070 ', '<sip:host.example:5070;transport=tls>'],
  ['192.0.2.1', '<sip:192.0.2.1;transport=tls>'],
  ['2001:db8::1', '<sip:[2001:db8::1];transport=tls>'],
  ['[2001:db8::1]', '<sip:[2001:db8::1];transport=tls>'],
  ['[2001:db8::1]:5070', '<sip:[2001:db8::1]:5070;transport=tls>'],
  ['host.example;transport=tcp', '<sip:host.example;transport=tcp>'],
  ['sip:host.example', '<sip:host.example>'],
  ['<sips:host.example;lr>', '<sips:host.example;lr>'],
  ['host.example:99999', undefined],
  ['two words', undefined],
  ['<host.example>', undefined],
  ['sip:', undefined],
  [' ', undefined],
  [undefined, undefined],
])('the server address %j is %s', (typed, address) => {
  expect(typedServerAddress(typed, 'tls')).toBe(address);
});

it('has no transport unless one is asked for', () => {
  expect(typedServerAddress('host.example')).toBe('<sip:host.example>');
});
