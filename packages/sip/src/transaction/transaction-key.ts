import type { SipRequest, SipResponse } from '../message/message.ts';

/** What every branch made by RFC 3261 begins with (§8.1.1.7). */
export const BRANCH_COOKIE = 'z9hG4bK';

/** RFC 3261 §17.1.3: branch of the top Via, method of CSeq. */
export function clientKey(message: SipRequest | SipResponse): string {
  const branch = message.headers.via[0]?.params.get('branch') ?? '';
  return `${branch} ${message.headers.cseq.method}`;
}

/** RFC 3261 §17.2.3: branch and sent-by of the top Via, method. Undefined for RFC 2543 branches. */
export function serverKey(request: SipRequest): string | undefined {
  const via = request.headers.via[0];
  const branch = via?.params.get('branch');
  if (via === undefined || typeof branch !== 'string' || !branch.startsWith(BRANCH_COOKIE)) {
    return undefined;
  }
  return `${branch} ${via.host.toLowerCase()} ${via.port ?? ''} ${request.method}`;
}
