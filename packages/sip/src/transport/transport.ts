import type { SipParseError } from '../errors/sip-parse-error.ts';
import type { SipMessage, SipRequest } from '../message/message.ts';
import type { SipUri } from '../message/uri.ts';

/** Every transport of this stack. */
export const TRANSPORT_PROTOCOLS = ['udp', 'tcp', 'tls', 'ws', 'wss'] as const;
/** A transport, as `transport=` of a SIP URI names it. */
export type TransportProtocol = (typeof TRANSPORT_PROTOCOLS)[number];

/** An IP address (no brackets) and a port. */
export interface SocketAddress {
  readonly address: string;
  readonly port: number;
}

/**
 * One peer association: a UDP peer of a bound socket, or one TCP, TLS or WebSocket connection.
 * Responses and keep-alives go back on the flow the message came from (RFC 5626 §3).
 */
export interface Flow {
  readonly protocol: TransportProtocol;
  /** False for UDP: the transaction layer retransmits. */
  readonly reliable: boolean;
  readonly local: SocketAddress;
  readonly remote: SocketAddress;
  /** Host to write in Via and Contact; a random `.invalid` name on WebSocket (RFC 7118 §5). */
  readonly sentBy: { readonly host: string; readonly port: number | undefined };
  readonly closed: boolean;
  /** True when the peer opened it; UDP: when the peer spoke first. */
  readonly accepted: boolean;
  /** When the last byte came from the peer, in clock milliseconds; undefined before the first. */
  readonly lastReceivedAt: number | undefined;
  /**
   * Sends one message. A connection that breaks over it tells `FlowListener.onFlowClosed`; `onError`
   * hears of a datagram that could not be sent, and of a flow that was closed before.
   */
  send(message: SipMessage, onError?: (error: Error) => void): void;
  /** Sends CRLFCRLF (RFC 5626 §4.4.1), on WebSocket a ping frame (RFC 7118 §6). */
  sendKeepAlive(): void;
  /** Closes once; `error`, when given, reaches `FlowListener.onFlowClosed`. */
  close(error?: Error): void;
}

/** What the transport layer tells the layer above. */
export interface FlowListener {
  onMessage(message: SipMessage, flow: Flow): void;
  /** A CRLF pong, or any other byte that proves the flow alive. */
  onPong?(flow: Flow): void;
  /** Called once, for flows that were usable: closed by either side, or broken (`error` set). */
  onFlowClosed(flow: Flow, error: Error | undefined): void;
  /**
   * Bytes that are no SIP message; datagrams are dropped, streams closed afterwards. `request` is set
   * when enough of it was readable for an answer.
   */
  onMalformed?(error: SipParseError, flow: Flow, request?: SipRequest): void;
}

/** Where to send: the URI names host, port, transport; `certificateName` is checked on TLS. */
export interface NextHop {
  readonly uri: SipUri;
  readonly protocol: TransportProtocol;
  readonly certificateName: string;
  /** Keeps flows of different accounts apart when set (`accounts_channel_isolation`). */
  readonly isolationKey?: string;
}

/** One candidate address from RFC 3263 resolution, best first. */
export interface ResolvedTarget {
  readonly protocol: TransportProtocol;
  readonly remote: SocketAddress;
}

/** Where to accept messages. UDP sockets opened here are also used for sending. */
export interface ListenOptions {
  readonly protocol: 'udp' | 'tcp' | 'tls';
  /** IP address to bind; `0.0.0.0` or `::` for all. */
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** PEM certificate chain and key, TLS only; with `clientRoots` a client certificate is demanded. */
  readonly certificate?: { readonly certPem: string; readonly keyPem: string };
  readonly clientRoots?: string;
}

/** Opens, accepts, reuses and closes flows; never decides what to send. */
export interface TransportLayer {
  /** Resolves with the bound address. Rejects with a `TransportError`. */
  listen(options: ListenOptions): Promise<SocketAddress>;
  /** The open flow that `connect` would reuse: same protocol, address, port, certificate name, isolation key. */
  find(target: ResolvedTarget, hop: NextHop): Flow | undefined;
  /** Reuses or opens a flow. Rejects with a `TransportError`; `signal` gives up waiting. */
  connect(target: ResolvedTarget, hop: NextHop, signal?: AbortSignal): Promise<Flow>;
  /** Every open stream or WebSocket flow, and the UDP flows made by `connect`. */
  flows(): Iterable<Flow>;
  /** Closes every flow and gives up those being opened: the network is gone. Listeners stay. */
  disconnect(): void;
  /** Closes one listener; its accepted flows stay. */
  unlisten(address: SocketAddress, protocol: ListenOptions['protocol']): Promise<void>;
  /** Closes listeners and flows. */
  close(): Promise<void>;
}
