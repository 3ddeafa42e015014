import type { SipMessage } from '../message/message.ts';
import type { SipUri } from '../message/uri.ts';

export const TRANSPORT_PROTOCOLS = ['udp', 'tcp', 'tls', 'ws', 'wss'] as const;
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
  /** Sends one message; failures reach `FlowListener.onFlowClosed`, or `onError` for a datagram. */
  send(message: SipMessage, onError?: (error: Error) => void): void;
  /** Sends raw bytes: CRLFCRLF keep-alive (RFC 5626 §4.4.1). */
  sendKeepAlive(): void;
  close(): void;
}

/** What the transport layer tells the layer above. */
export interface FlowListener {
  onMessage(message: SipMessage, flow: Flow): void;
  /** A CRLF pong, or any other byte that proves the flow alive. */
  onPong?(flow: Flow): void;
  /** Called once, for flows that were usable: closed by either side, or broken (`error` set). */
  onFlowClosed(flow: Flow, error: Error | undefined): void;
  /** Bytes that are no SIP message; datagrams are dropped, streams closed. */
  onMalformed?(error: Error, flow: Flow): void;
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
