import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';

/** An IP address and a port. */
interface Peer {
  readonly address: string;
  readonly port: number;
}

/**
 * Watches for the message by which a machine says that nothing listens on a UDP port (ICMP port
 * unreachable), or by which the network says that there is no way to it. Only a connected socket hears
 * of it, so one of its own sends a keep-alive, which SIP servers ignore or answer. Returns the end.
 */
export function watchUdpRefusal(peer: Peer, onRefused: (error: Error) => void): () => void {
  const socket = createSocket(isIPv6(peer.address) ? 'udp6' : 'udp4');
  let open = true;
  const end = (): void => {
    if (!open) return;
    open = false;
    socket.close();
  };
  socket.unref();
  socket.on('error', (error) => {
    if (!open) return;
    end();
    onRefused(error);
  });
  socket.connect(peer.port, peer.address, () => {
    if (open) socket.send('\r\n\r\n');
  });
  return end;
}
