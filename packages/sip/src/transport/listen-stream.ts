import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createServer as createTlsServer } from 'node:tls';
import { TransportError } from './transport-error.ts';
import type { ListenOptions } from './transport.ts';

export interface StreamDoor {
  /** False closes the connection at once. */
  admit(socket: Duplex): boolean;
  /** A connection is ready, its TLS handshake done. */
  onStream(socket: Socket): void;
  onFailedHandshake(): void;
  /** Handshakes must be over by then. */
  readonly handshakeTimeoutMs: number;
}

/** Listens for TCP or TLS connections. Rejects with a `TransportError` (`SIP_LISTEN_FAILED`). */
export async function listenStream(options: ListenOptions, door: StreamDoor): Promise<Server> {
  try {
    const server = options.protocol === 'tls' ? tlsServer(options, door) : tcpServer(door);
    server.listen({ host: options.host, port: options.port, ipv6Only: true });
    await once(server, 'listening');
    // Faults of single connections (out of descriptors, reset while queued) must not end the process.
    server.on('error', () => {});
    return server;
  } catch (cause) {
    const where = `${options.protocol} ${options.host} port ${options.port}`;
    throw new TransportError('SIP_LISTEN_FAILED', `Cannot listen on ${where}`, { cause });
  }
}

function tcpServer(door: StreamDoor): Server {
  return createServer({ noDelay: true }, (socket) => {
    if (guard(socket, door)) door.onStream(socket);
  });
}

function tlsServer(options: ListenOptions, door: StreamDoor): Server {
  const { certificate, clientRoots } = options;
  if (certificate === undefined) {
    throw new TransportError('SIP_LISTEN_FAILED', 'A TLS listener needs a certificate and its key');
  }
  const server = createTlsServer(
    {
      cert: certificate.certPem,
      key: certificate.keyPem,
      minVersion: 'TLSv1.2',
      handshakeTimeout: door.handshakeTimeoutMs,
      noDelay: true,
      ...(clientRoots !== undefined && {
        ca: clientRoots,
        requestCert: true,
        rejectUnauthorized: true,
      }),
    },
    (socket) => {
      socket.on('error', () => {});
      door.onStream(socket);
    },
  );
  // The raw connection comes first: refusing there saves the handshake.
  server.on('connection', (socket: Socket) => guard(socket, door));
  server.on('tlsClientError', () => door.onFailedHandshake());
  return server;
}

function guard(socket: Socket, door: StreamDoor): boolean {
  socket.on('error', () => {});
  if (door.admit(socket)) return true;
  socket.destroy();
  return false;
}
