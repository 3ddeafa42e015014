import type { SipRequest } from '../message/message.ts';
import { createRequest } from '../message/request.ts';

/** A small valid request; `via` is the value of its top Via. */
export function sampleRequest(
  method = 'OPTIONS',
  via = 'SIP/2.0/UDP 198.51.100.7:5060;branch=z9hG4bK.sample;rport',
): SipRequest {
  return createRequest(method, 'sip:sip.example.org', [
    ['Via', via],
    ['From', '<sip:alice@example.org>;tag=a'],
    ['To', '<sip:sip.example.org>'],
    ['Call-ID', 'sample'],
    ['CSeq', `20 ${method}`],
    ['Max-Forwards', '70'],
  ]);
}
