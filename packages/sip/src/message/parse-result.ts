import { SipParseError } from '../errors/sip-parse-error.ts';
import type { HeaderField } from './header-field.ts';
import { HeaderList } from './header-list.ts';
import { MARKS } from './header-names.ts';
import type { SipMessage, SipRequest } from './message.ts';
import type { MessageHead } from './parse-head.ts';

/** What became of some bytes. */
export type ParseResult = { readonly ok: true; readonly message: SipMessage } | ParseFailure;

/** Bytes that could not be read, and why. */
export interface ParseFailure {
  readonly ok: false;
  readonly error: SipParseError;
  /**
   * The request as far as it could be read, when it can be answered: give it to `createResponse`
   * with `error.responseStatus`. Its typed header getters may throw.
   */
  readonly request?: SipRequest;
}

/**
 * The message, its mandatory headers parsed and checked (RFC 3261 §8.1.1, §8.2.2, §18.1.2).
 *
 * @throws SipParseError
 */
export function buildMessage(head: MessageHead, body: Uint8Array): SipMessage {
  const { startLine, fields } = head;
  if (startLine.version !== 'SIP/2.0' && startLine.version.toUpperCase() !== 'SIP/2.0') {
    throw new SipParseError('SIP_UNSUPPORTED_VERSION');
  }
  const duplicate = head.repeated & UNIQUE;
  if (duplicate !== 0) throwDuplicate(fields, duplicate);
  const headers = new HeaderList(fields);
  if (headers.via.length === 0) throw new SipParseError('SIP_MISSING_HEADER', 'Via');
  void headers.from;
  void headers.to;
  if (headers.callId === '') throw new SipParseError('SIP_MALFORMED_HEADER', 'Call-ID');
  const { method } = headers.cseq;
  if (startLine.kind === 'response') {
    return { kind: 'response', status: startLine.status, reason: startLine.reason, headers, body };
  }
  if (method !== startLine.method) throw new SipParseError('SIP_METHOD_MISMATCH');
  const { requestUri } = startLine;
  return { kind: 'request', method, requestUri, headers, body };
}

/** The failure an error of parsing stands for; errors that are none of parsing are thrown on. */
export function parseFailure(error: unknown, head: MessageHead | undefined): ParseFailure {
  if (!(error instanceof SipParseError)) throw error;
  const request = head && answerableRequest(head);
  return request === undefined ? { ok: false, error } : { ok: false, error, request };
}

/** Fields that a message has once and that decide what it means. */
const UNIQUE = MARKS.from | MARKS.to | MARKS['call-id'] | MARKS.cseq | MARKS['max-forwards'];
/** Fields that a response repeats. RFC 3261 §8.2.6.2. */
const ECHOED = MARKS.via | MARKS.from | MARKS.to | MARKS['call-id'] | MARKS.cseq;

function throwDuplicate(fields: readonly HeaderField[], marks: number): never {
  const name = fields.findLast(({ header }) => (header.mark & marks) !== 0)?.header.name;
  throw new SipParseError('SIP_DUPLICATE_HEADER', name);
}

function answerableRequest({ startLine, fields, marks }: MessageHead): SipRequest | undefined {
  if (startLine.kind !== 'request' || (marks & ECHOED) !== ECHOED) return undefined;
  const { method, requestUri } = startLine;
  const headers = new HeaderList(fields);
  return { kind: 'request', method, requestUri, headers, body: new Uint8Array(0) };
}
