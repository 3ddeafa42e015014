import { expect, it } from 'vitest';
import { canonicalAddress, withoutZone } from './ip-address.ts';

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['0:0:0:0:0:0:0:1', '::1'],
  ['::FFFF:c000:0201', '192.0.2.1'],
  ['FE80:0::1%eth0', 'fe80::1%eth0'],
  ['sip.example.org', 'sip.example.org'],
  ['', ''],
])('%s is written %s', (address, canonical) => {
  expect(canonicalAddress(address)).toBe(canonical);
});

it('a zone is not part of what others are told', () => {
  expect(withoutZone('fe80::1%eth0')).toBe('fe80::1');
  expect(withoutZone('192.0.2.1')).toBe('192.0.2.1');
});
