import { once } from 'node:events';
import { isIP, type Socket } from 'node:net';
import { WebSocket } from 'ws';
import { MAX_MESSAGE_BYTES } from '../message/limits.ts';
import { TransportError } from './transport-error.ts';

/** RFC 7118 §4.1. */
export const SIP_SUBPROTOCOL = 'sip';

export interface WebSocketAddress {
  readonly secure: boolean;
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

/** Runs the WebSocket handshake over a connected socket. Rejects with a `TransportError`. */
export async function openWebSocket(
  socket: Socket,
  address: WebSocketAddress,
  signal: AbortSignal,
): Promise<WebSocket> {
  const host = isIP(address.host) === 6 ? `[${address.host}]` : address.host;
  const scheme = address.secure ? 'wss' : 'ws';
  const webSocket = new WebSocket(
    `${scheme}://${host}:${address.port}${address.path}`,
    SIP_SUBPROTOCOL,
    {
      createConnection: () => socket,
      perMessageDeflate: false,
      maxPayload: MAX_MESSAGE_BYTES,
    },
  );
  webSocket.on('error', () => {});
  try {
    await once(webSocket, 'open', { signal });
    return webSocket;
  } catch (cause) {
    webSocket.terminate();
    throw new TransportError('SIP_WEBSOCKET_REFUSED', 'WebSocket handshake failed', { cause });
  }
}
