import { hash } from 'node:crypto';
import { SipArgumentError } from '../errors/sip-argument-error.ts';
import { createHeaders } from './headers.ts';
import type { SipRequest, SipResponse } from './message.ts';
import { parseNameAddr } from './name-addr.ts';
import { reasonPhrase } from './reason-phrase.ts';

const NO_BODY = new Uint8Array(0);
const ECHOED = ['Via', 'From', 'To', 'Call-ID', 'CSeq'] as const;

/**
 * A response to `request`: Via, From, To, Call-ID and CSeq repeated (RFC 3261 §8.2.6.2), then
 * `extraHeaders`, then `Content-Length: 0`. To gets a tag when it has none and the status is not
 * 100; the same request always gets the same tag, so retransmissions agree (§8.2.7).
 *
 * @throws SipArgumentError when status, reason or a header cannot be written.
 */
export function createResponse(
  request: SipRequest,
  status: number,
  reason: string = reasonPhrase(status),
  extraHeaders: Iterable<readonly [name: string, value: string]> = [],
): SipResponse {
  if (!Number.isInteger(status) || status < 100 || status > 699) {
    throw new SipArgumentError('status is not 100 to 699');
  }
  if (/[\r\n]/.test(reason)) throw new SipArgumentError('line break in reason phrase');
  const entries: (readonly [string, string])[] = [];
  for (const name of ECHOED) {
    for (const value of request.headers.getAll(name)) entries.push([name, value]);
  }
  if (status !== 100) addToTag(entries);
  entries.push(...extraHeaders, ['Content-Length', '0']);
  return { kind: 'response', status, reason, headers: createHeaders(entries), body: NO_BODY };
}

function addToTag(entries: (readonly [string, string])[]): void {
  const index = entries.findIndex(([name]) => name === 'To');
  const to = entries[index]?.[1];
  if (to === undefined || parseNameAddr(to)?.params.has('tag') === true) return;
  const tag = hash('sha256', entries.join('\n'), 'hex').slice(0, 16);
  entries[index] = ['To', `${to};tag=${tag}`];
}
