import type { IncomingMessage } from 'node:http';
import type { Server, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import type { WebSocket } from 'ws';
import type { Clock } from '../time/clock.ts';
import type { Random } from '../time/random.ts';
import { acceptWebSockets, type UpgradeServer } from './accept-websockets.ts';
import { createFlowOpener } from './open-flow.ts';
import {
  createCounters,
  type FlowContext,
  type MessageTrace,
  type TransportCounters,
} from './flow-context.ts';
import { FlowPool } from './flow-pool.ts';
import { DEFAULT_LIMITS, type TransportLimits } from './limits.ts';
import { listenStream } from './listen-stream.ts';
import { type ReportFault, warnOfFault } from './report-fault.ts';
import type { HttpProxy } from './open-tunnel.ts';
import { socketAddresses } from './socket-addresses.ts';
import { StreamFlow } from './stream-flow.ts';
import type { TlsSettings } from './tls/tls-settings.ts';
import type {
  Flow,
  FlowListener,
  ListenOptions,
  NextHop,
  SocketAddress,
  TransportLayer,
} from './transport.ts';
import { UdpSockets } from './udp-sockets.ts';
import { WebSocketFlow } from './websocket-flow.ts';

/** What `createTransportLayer` needs, and what it may be told. */
export interface TransportOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Hears of messages and closed flows of all transports. */
  readonly listener: FlowListener;
  /** Read at each TLS and WSS connection; default: verify against the system's roots. */
  readonly tls?: (hop: NextHop) => TlsSettings;
  readonly limits?: Partial<TransportLimits>;
  /** Path of WebSocket connections we open; default `/sip`. */
  readonly webSocketPath?: string;
  /** A proxy for TLS and WSS connections, read at each; default: none. */
  readonly httpProxy?: () => HttpProxy | undefined;
  readonly trace?: MessageTrace;
  /** Errors thrown by `listener.onMessage`; default: a process warning. */
  readonly onFault?: ReportFault;
}

/** Real sockets. */
export interface SocketTransportLayer extends TransportLayer {
  /**
   * Takes SIP WebSocket upgrades at `path` (default `/sip`) from an HTTP server, whose owner keeps
   * listening and closing. Returns the function that stops taking them.
   */
  acceptWebSockets(server: UpgradeServer, path?: string): () => void;
  readonly counters: Readonly<TransportCounters>;
  /** Accepted connections, handshakes under way included. */
  readonly connectionCount: number;
}

/**
 * UDP, TCP, TLS and WebSocket transports behind one interface. RFC 3261 §18, RFC 7118.
 *
 * @example
 * const transport = createTransportLayer({ clock: systemClock, random: systemRandom, listener });
 * await transport.listen({ protocol: 'udp', host: '0.0.0.0', port: 5060 });
 */
export function createTransportLayer(options: TransportOptions): SocketTransportLayer {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const counters = createCounters();
  const accepted = new Set<Flow>();
  const servers = new Map<string, Server>();
  const closers = new Set<() => void>();
  let connectionCount = 0;

  const context: FlowContext = {
    clock: options.clock,
    limits,
    counters,
    listener: options.listener,
    onFault: options.onFault ?? warnOfFault,
    ...(options.trace && { trace: options.trace }),
    forget(flow) {
      accepted.delete(flow);
      pool.forget(flow);
    },
  };
  const udp = new UdpSockets(context);
  const pool = new FlowPool(
    createFlowOpener({
      context,
      udp,
      random: options.random,
      tls: options.tls ?? (() => ({})),
      webSocketPath: options.webSocketPath ?? '/sip',
      httpProxy: options.httpProxy,
    }),
  );

  function admit(socket: Duplex): boolean {
    if (connectionCount >= limits.maxConnections) {
      counters.refusedConnections += 1;
      return false;
    }
    connectionCount += 1;
    socket.once('close', () => (connectionCount -= 1));
    return true;
  }

  function onStream(socket: Socket, protocol: 'tcp' | 'tls'): void {
    const addresses = socketAddresses(socket);
    const { address: host, port } = addresses.local;
    const facts = { protocol, ...addresses, sentBy: { host, port }, accepted: true };
    accepted.add(new StreamFlow(socket, facts, context).start());
  }

  function onWebSocket(webSocket: WebSocket, request: IncomingMessage): void {
    const protocol = isEncrypted(request.socket) ? 'wss' : 'ws';
    const addresses = socketAddresses(request.socket);
    const { address: host, port } = addresses.local;
    const facts = { protocol, ...addresses, sentBy: { host, port }, accepted: true } as const;
    accepted.add(new WebSocketFlow(webSocket, facts, context).start());
  }

  async function listenTo(listen: ListenOptions): Promise<SocketAddress> {
    const { protocol } = listen;
    if (protocol === 'udp') return udp.listen(listen.host, listen.port);
    const server = await listenStream(listen, {
      admit,
      onStream: (socket) => onStream(socket, protocol),
      onFailedHandshake: () => (counters.failedHandshakes += 1),
      handshakeTimeoutMs: limits.connectTimeoutMs,
    });
    const address = boundAddress(server);
    servers.set(serverKey(protocol, address), server);
    return address;
  }

  function disconnect(): void {
    pool.disconnect();
    for (const flow of accepted) flow.close();
  }

  return {
    counters,
    get connectionCount() {
      return connectionCount;
    },
    listen: listenTo,
    find: (target, hop) => pool.find(target, hop),
    connect: (target, hop, signal) => pool.connect(target, hop, signal),
    *flows() {
      yield* accepted;
      yield* pool.flows();
    },
    disconnect,
    acceptWebSockets(server, path) {
      const stop = acceptWebSockets(server, {
        ...(path !== undefined && { path }),
        admit,
        onWebSocket,
        onFailedHandshake: () => (counters.failedHandshakes += 1),
      });
      closers.add(stop);
      return () => {
        closers.delete(stop);
        stop();
      };
    },
    async unlisten(address, protocol) {
      if (protocol === 'udp') {
        await udp.unlisten(address);
        return;
      }
      const key = serverKey(protocol, address);
      const server = servers.get(key);
      servers.delete(key);
      server?.close();
    },
    async close() {
      for (const stop of closers) stop();
      closers.clear();
      for (const server of servers.values()) server.close();
      servers.clear();
      disconnect();
      pool.close();
      await udp.close();
    },
  };
}

function serverKey(protocol: string, { address, port }: SocketAddress): string {
  return `${protocol} ${address} ${port}`;
}

function boundAddress(server: Server): SocketAddress {
  const address = server.address();
  if (address === null || typeof address === 'string') return { address: '', port: 0 };
  return { address: address.address, port: address.port };
}

function isEncrypted(socket: Socket): socket is TLSSocket {
  return 'encrypted' in socket;
}
