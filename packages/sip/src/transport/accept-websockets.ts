import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { MAX_MESSAGE_BYTES } from '../message/limits.ts';
import { SIP_SUBPROTOCOL } from './open-websocket.ts';

/** The part of `node:http` and `node:https` servers that is used. */
export type UpgradeServer = Pick<Server, 'on' | 'off' | 'listenerCount'>;

export interface WebSocketDoor {
  /** Path of the upgrade, default `/sip`; the query is ignored. */
  readonly path?: string;
  /** False refuses the connection with 503. */
  admit(socket: Duplex): boolean;
  onWebSocket(socket: WebSocket, request: IncomingMessage): void;
  /** The upgrade was for this door, or for nobody, and cannot be taken. */
  onFailedHandshake(): void;
}

/**
 * Takes SIP-over-WebSocket upgrades (RFC 7118 §4.1) from an HTTP server that belongs to somebody
 * else, and leaves every other path alone. Returns the function that stops it.
 */
export function acceptWebSockets(server: UpgradeServer, door: WebSocketDoor): () => void {
  const path = door.path ?? '/sip';
  const acceptor = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: (offered) => (offered.has(SIP_SUBPROTOCOL) ? SIP_SUBPROTOCOL : false),
  });

  function fail(socket: Duplex, status: string): void {
    door.onFailedHandshake();
    refuse(socket, status);
  }

  function onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Node leaves errors of an upgraded socket to whoever took it.
    socket.on('error', () => {});
    if (request.url?.split('?', 1)[0] !== path) {
      // With several takers one of them knows the path; alone, nobody else will ever answer.
      if (server.listenerCount('upgrade') === 1) fail(socket, '404 Not Found');
      return undefined;
    }
    if (!offersSip(request)) return fail(socket, '400 Bad Request');
    if (!door.admit(socket)) return refuse(socket, '503 Service Unavailable');
    return acceptor.handleUpgrade(request, socket, head, (webSocket) =>
      door.onWebSocket(webSocket, request),
    );
  }

  server.on('upgrade', onUpgrade);
  return () => {
    server.off('upgrade', onUpgrade);
    acceptor.close();
  };
}

function offersSip(request: IncomingMessage): boolean {
  const offered = request.headers['sec-websocket-protocol'] ?? '';
  return offered.split(',').some((name) => name.trim() === SIP_SUBPROTOCOL);
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
