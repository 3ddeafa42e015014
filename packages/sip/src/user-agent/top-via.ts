import { serializeHostPort } from '../message/host.ts';
import type { SipRequest } from '../message/message.ts';
import type { Random } from '../time/random.ts';
import { BRANCH_COOKIE } from '../transaction/transaction-key.ts';
import type { Flow, NextHop, TransportProtocol } from '../transport/transport.ts';

const VIA_NAMES: Readonly<Record<TransportProtocol, string>> = {
  udp: 'UDP',
  tcp: 'TCP',
  tls: 'TLS',
  ws: 'WS',
  wss: 'WSS',
};

/**
 * The request with our own Via on top: a fresh branch, `rport` (RFC 3581 §3) unless it is not wanted, and
 * `alias` (RFC 5923) when the next hop names TCP or TLS (registration.md §2.3).
 */
export function withTopVia(
  request: SipRequest,
  flow: Flow,
  hop: NextHop,
  { random, useRport }: { readonly random: Random; readonly useRport: boolean },
): SipRequest {
  const { host, port } = flow.sentBy;
  const named = hop.uri.params.get('transport')?.toLowerCase();
  const alias = named === 'tcp' || named === 'tls' ? ';alias' : '';
  const params = `;branch=${BRANCH_COOKIE}.${random.token(22)}${useRport ? ';rport' : ''}${alias}`;
  const via = `SIP/2.0/${VIA_NAMES[flow.protocol]} ${serializeHostPort(host, port)}${params}`;
  return { ...request, headers: request.headers.withFirst('Via', via) };
}
