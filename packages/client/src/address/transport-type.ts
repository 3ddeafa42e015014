/** Transports as applications name them; values as liblinphone numbers them, `Ws` and `Wss` are ours. */
export const TransportType = { Udp: 0, Tcp: 1, Tls: 2, Dtls: 3, Ws: 4, Wss: 5 } as const;
export type TransportType = (typeof TransportType)[keyof typeof TransportType];

const PARAMETERS: Readonly<Record<TransportType, string>> = {
  [TransportType.Udp]: 'udp',
  [TransportType.Tcp]: 'tcp',
  [TransportType.Tls]: 'tls',
  [TransportType.Dtls]: 'dtls',
  [TransportType.Ws]: 'ws',
  [TransportType.Wss]: 'wss',
};

/** The value of the `transport` URI parameter. */
export function transportParameter(transport: TransportType): string {
  return PARAMETERS[transport];
}

/** The transport that a `transport` parameter names; unknown ones read as UDP (registration.md §5.3). */
export function transportFromParameter(value: string): TransportType {
  const name = value.toLowerCase();
  const all = Object.values(TransportType);
  return all.find((transport) => PARAMETERS[transport] === name) ?? TransportType.Udp;
}
