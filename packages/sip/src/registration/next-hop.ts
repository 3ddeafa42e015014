import type { SipUri } from '../message/uri.ts';
import {
  TRANSPORT_PROTOCOLS,
  type NextHop,
  type TransportProtocol,
} from '../transport/transport.ts';

/**
 * Where requests to `uri` go. The transport is the one the URI names, TLS for `sips`, else UDP, or TCP,
 * or TLS, whichever is enabled first (registration.md §2.3); there is no NAPTR (choice C18).
 * Undefined when no enabled transport fits.
 */
export function nextHopFor(
  uri: SipUri,
  isEnabled: (protocol: TransportProtocol) => boolean,
  isolationKey?: string,
): NextHop | undefined {
  const protocol = protocolOf(uri, isEnabled);
  if (protocol === undefined || !isEnabled(protocol)) return undefined;
  const hop = { uri, protocol, certificateName: uri.host };
  return isolationKey === undefined ? hop : { ...hop, isolationKey };
}

function protocolOf(
  uri: SipUri,
  isEnabled: (protocol: TransportProtocol) => boolean,
): TransportProtocol | undefined {
  const named = uri.params.get('transport')?.toLowerCase();
  const protocol = TRANSPORT_PROTOCOLS.find((known) => known === named);
  if (uri.scheme === 'sips') return protocol === 'ws' || protocol === 'wss' ? 'wss' : 'tls';
  if (named !== undefined) return protocol;
  return (['udp', 'tcp', 'tls'] as const).find((candidate) => isEnabled(candidate));
}
