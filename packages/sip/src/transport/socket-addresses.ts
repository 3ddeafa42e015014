import type { Socket } from 'node:net';
import type { SocketAddress } from './transport.ts';

const MAPPED_PREFIX = '::ffff:';

/** Both ends of a connected socket; IPv4 seen through an IPv6 socket is written as IPv4. */
export function socketAddresses(socket: Socket): { local: SocketAddress; remote: SocketAddress } {
  return {
    local: { address: plain(socket.localAddress), port: socket.localPort ?? 0 },
    remote: { address: plain(socket.remoteAddress), port: socket.remotePort ?? 0 },
  };
}

function plain(address = ''): string {
  const isMapped = address.startsWith(MAPPED_PREFIX) && address.includes('.');
  return isMapped ? address.slice(MAPPED_PREFIX.length) : address;
}
