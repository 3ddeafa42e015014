import type { TransportProtocol } from './transport.ts';

/** RFC 3261 §19.1.2, RFC 7118 §5.2 (the ports of HTTP). */
export const DEFAULT_PORTS: Readonly<Record<TransportProtocol, number>> = {
  udp: 5060,
  tcp: 5060,
  tls: 5061,
  ws: 80,
  wss: 443,
};
