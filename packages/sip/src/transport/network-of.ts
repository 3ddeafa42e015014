import { isIPv6 } from 'node:net';

/** A /64 is the least that one IPv6 subscriber gets, and any of its addresses is free to use. */
const GROUPS_OF_PREFIX = 4;

/**
 * What counts as one caller in limits: an IPv4 address, and of an IPv6 address its /64 network. An IPv4
 * address in IPv6 notation is that IPv4 address. Anything else is itself.
 */
export function networkOf(address: string): string {
  // The colon first: the whole test takes as long as a small query.
  if (!address.includes(':') || !isIPv6(address)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [plain = ''] = address.split('%', 1);
  const [head = '', tail] = plain.split('::', 2);
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const after = tail === '' ? 0 : tail.split(':').length + (tail.includes('.') ? 1 : 0);
    for (let missing = 8 - groups.length - after; missing > 0; missing--) groups.push('0');
    if (tail !== '') groups.push(...tail.split(':'));
  }
  const prefix = groups.slice(0, GROUPS_OF_PREFIX).map((group) => Number.parseInt(group, 16));
  return `${prefix.map((group) => group.toString(16)).join(':')}::/64`;
}
