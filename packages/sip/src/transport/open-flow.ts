import type { Random } from '../time/random.ts';
import { within } from '../time/within.ts';
import type { FlowContext } from './flow-context.ts';
import type { OpenFlow } from './flow-pool.ts';
import { withoutZone } from './ip-address.ts';
import { type HttpProxy, openTunnel } from './open-tunnel.ts';
import { openStream } from './open-stream.ts';
import { openWebSocket } from './open-websocket.ts';
import { socketAddresses } from './socket-addresses.ts';
import { StreamFlow } from './stream-flow.ts';
import { secureStream } from './tls/secure-stream.ts';
import { SecureContexts } from './tls/secure-contexts.ts';
import type { TlsSettings } from './tls/tls-settings.ts';
import { TransportError } from './transport-error.ts';
import type { Flow, NextHop, ResolvedTarget, TransportProtocol } from './transport.ts';
import type { UdpSockets } from './udp-sockets.ts';
import { WebSocketFlow } from './websocket-flow.ts';

export interface FlowOpenerParts {
  readonly context: FlowContext;
  readonly udp: UdpSockets;
  readonly random: Random;
  readonly tls: (hop: NextHop) => TlsSettings;
  readonly webSocketPath: string;
  readonly httpProxy: (() => HttpProxy | undefined) | undefined;
}

const IS_SECURE: Readonly<Record<TransportProtocol, boolean>> = {
  udp: false,
  tcp: false,
  tls: true,
  ws: false,
  wss: true,
};

/** Opens flows of every protocol: connect, TLS and WebSocket handshakes within one limit. */
export function createFlowOpener(parts: FlowOpenerParts): OpenFlow {
  const { context, udp, random } = parts;
  const secureContexts = new SecureContexts();

  async function establish(
    { protocol, remote }: ResolvedTarget,
    hop: NextHop,
    signal: AbortSignal,
  ): Promise<Flow> {
    const proxy = IS_SECURE[protocol] ? parts.httpProxy?.() : undefined;
    const stream =
      proxy === undefined
        ? await openStream(remote, signal)
        : await openTunnel(proxy, remote, signal);
    const socket = IS_SECURE[protocol]
      ? await secureStream(stream, hop.certificateName, parts.tls(hop), secureContexts, signal)
      : stream;
    const addresses = socketAddresses(stream);
    if (protocol === 'ws' || protocol === 'wss') {
      const webSocket = await openWebSocket(
        socket,
        {
          secure: protocol === 'wss',
          host: hop.uri.host,
          port: remote.port,
          path: parts.webSocketPath,
        },
        signal,
      );
      const sentBy = { host: `${random.token(12).toLowerCase()}.invalid`, port: undefined };
      const facts = { protocol, ...addresses, sentBy, accepted: false };
      return new WebSocketFlow(webSocket, facts, context).start();
    }
    const { address, port } = addresses.local;
    const sentBy = { host: withoutZone(address), port };
    const facts = { protocol, ...addresses, sentBy, accepted: false };
    return new StreamFlow(socket, facts, context).start();
  }

  return async (target, hop, signal) => {
    if (target.protocol === 'udp') return udp.flowTo(target.remote, signal);
    const attempt = new AbortController();
    try {
      return await within(
        context.clock,
        context.limits.connectTimeoutMs,
        establish(target, hop, attempt.signal),
        () => {
          const where = `${target.remote.address} port ${target.remote.port}`;
          throw new TransportError('SIP_CONNECT_TIMEOUT', `No connection to ${where} in time`);
        },
        signal,
      );
    } catch (error) {
      attempt.abort();
      throw error;
    }
  };
}
