import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networkOf } from './network-of.ts';

describe('the network of an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:0001:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['64:ff9b::192.0.2.33', '64:ff9b:0:0::/64'],
    ['1::2:3:4:5:6:7', '1:0:2:3::/64'],
    ['unknown', 'unknown'],
    ['', ''],
  ])('%s is in %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it('is the same for every address of a /64', () => {
    fc.assert(
      fc.property(fc.ipV6(), fc.ipV6(), (one, other) => {
        const [a, b] = [expand(one), expand(other)];
        const moved = [...a.slice(0, 4), ...b.slice(4)].join(':');
        expect(networkOf(moved)).toBe(networkOf(a.join(':')));
      }),
    );
  });
});

/** All eight groups; what is not hexadecimal (an IPv4 tail) counts as 0. */
function expand(address: string): string[] {
  const [head = '', tail = ''] = address.split('::', 2);
  const [before, after] = [head, tail].map((part) => part.split(':').filter((each) => each !== ''));
  const groups = [...(before ?? []), ...Array.from({ length: 8 }, () => '0'), ...(after ?? [])];
  const fixed = [...groups.slice(0, 4), ...groups.slice(-4)];
  return fixed.map((group) => (/^[0-9a-f]{1,4}$/i.test(group) ? group : '0'));
}
