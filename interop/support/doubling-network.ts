import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';

/** A way to a UDP server on loopback on which every answer arrives twice. */
export interface DoublingNetwork extends AsyncDisposable {
  /** Where the client sends what is for the server. */
  readonly port: number;
}

/**
 * Opens the way. The server itself cannot say everything twice: the client's next request comes
 * between the two, which sipp takes for a fault.
 */
export async function openDoublingNetwork(serverPort: number): Promise<DoublingNetwork> {
  const socket = createSocket('udp4');
  let client: RemoteInfo | undefined;
  socket.on('message', (datagram, from) => {
    if (from.port !== serverPort) {
      client = from;
      socket.send(datagram, serverPort, '127.0.0.1');
    } else if (client !== undefined) {
      socket.send(datagram, client.port, client.address);
      socket.send(datagram, client.port, client.address);
    }
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    port: socket.address().port,
    [Symbol.asyncDispose]: async () => {
      socket.close();
      await once(socket, 'close');
    },
  };
}
