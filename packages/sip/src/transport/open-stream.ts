import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { TransportError } from './transport-error.ts';
import type { SocketAddress } from './transport.ts';

/** Connects over TCP. Rejects with a `TransportError` (`SIP_CONNECT_FAILED`). */
export async function openStream(remote: SocketAddress, signal: AbortSignal): Promise<Socket> {
  const socket = connect({ host: remote.address, port: remote.port, noDelay: true });
  socket.on('error', () => {});
  // Whoever gives up later, during the TLS or WebSocket handshake, gives up the socket as well.
  signal.addEventListener('abort', () => socket.destroy(), { once: true });
  if (signal.aborted) socket.destroy();
  try {
    await once(socket, 'connect', { signal });
    return socket;
  } catch (cause) {
    socket.destroy();
    const where = `${remote.address} port ${remote.port}`;
    throw new TransportError('SIP_CONNECT_FAILED', `Cannot connect to ${where}`, { cause });
  }
}
