import type { SipRequest } from '../message/message.ts';
import { serializeVia } from '../message/headers/via.ts';
import type { Flow } from '../transport/transport.ts';

/**
 * The request with what the top Via must tell of its source: `received` when the sent-by host is
 * another (RFC 3261 §18.2.1), `received` and `rport` when the client asked (RFC 3581 §4).
 */
export function withReceivedVia(request: SipRequest, flow: Flow): SipRequest {
  const [top, ...others] = request.headers.via;
  if (top === undefined) return request;
  const { address, port } = flow.remote;
  const asksForPort = top.params.has('rport');
  if (!asksForPort && top.host.toLowerCase() === address.toLowerCase()) return request;
  const params = new Map(top.params);
  params.set('received', address);
  if (asksForPort) params.set('rport', String(port));
  const values = [{ ...top, params }, ...others].map(serializeVia);
  return { ...request, headers: request.headers.with('Via', ...values) };
}
