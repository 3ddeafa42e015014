import { serializeVia } from '../message/headers/via.ts';
import type { SipRequest } from '../message/message.ts';
import type { Random } from '../time/random.ts';
import { BRANCH_COOKIE } from '../transaction/transaction-key.ts';
import type { Flow, NextHop } from '../transport/transport.ts';

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
  const params = new Map<string, string | null>([
    ['branch', `${BRANCH_COOKIE}.${random.token(22)}`],
  ]);
  if (useRport) params.set('rport', null);
  const named = hop.uri.params.get('transport')?.toLowerCase();
  if (named === 'tcp' || named === 'tls') params.set('alias', null);
  const via = { transport: flow.protocol.toUpperCase(), ...flow.sentBy, params };
  return { ...request, headers: request.headers.withFirst('Via', serializeVia(via)) };
}
