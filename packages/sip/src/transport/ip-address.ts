import { isIPv6, SocketAddress } from 'node:net';

/**
 * The one spelling of an IP address (RFC 5952), so that addresses can be compared as texts; IPv4 in IPv6
 * notation becomes IPv4. A zone stays. Anything else is returned as it is.
 */
export function canonicalAddress(address: string): string {
  if (!isIPv6(address)) return address;
  const [plain = '', zone] = address.split('%', 2);
  const canonical = new SocketAddress({ address: plain, family: 'ipv6' }).address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(canonical)?.[1];
  return mapped ?? (zone === undefined ? canonical : `${canonical}%${zone}`);
}

/** A zone means something on this machine only (RFC 4007 §6): messages name the address alone. */
export function withoutZone(address: string): string {
  const zone = address.indexOf('%');
  return zone === -1 ? address : address.slice(0, zone);
}
