import type { Socket } from 'node:net';
import { canonicalAddress } from './ip-address.ts';
import type { SocketAddress } from './transport.ts';

/** Both ends of a connected socket; IPv4 seen through an IPv6 socket is written as IPv4. */
export function socketAddresses(socket: Socket): { local: SocketAddress; remote: SocketAddress } {
  return {
    local: { address: canonicalAddress(socket.localAddress ?? ''), port: socket.localPort ?? 0 },
    remote: { address: canonicalAddress(socket.remoteAddress ?? ''), port: socket.remotePort ?? 0 },
  };
}
