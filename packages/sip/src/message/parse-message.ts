import { SipParseError } from '../errors/sip-parse-error.ts';
import { contentLength } from './headers/content-length.ts';
import { MAX_MESSAGE_BYTES } from './limits.ts';
import { findHeadEnd, skipLineBreaks } from './message-bounds.ts';
import { type MessageHead, parseHead } from './parse-head.ts';
import { buildMessage, type ParseResult, parseFailure } from './parse-result.ts';

/** Shared: a view of its own would cost as much as a header line, and keep the datagram alive. */
const NO_BODY = Buffer.alloc(0);

/**
 * Reads one SIP message: a datagram or WebSocket frame. Via, From, To, Call-ID and CSeq are parsed
 * and checked, other fields when they are asked for. Bytes beyond Content-Length are cut, a body
 * shorter than it is an error (RFC 3261 §18.3). Limits: see limits.ts. Never throws.
 */
export function parseMessage(bytes: Uint8Array): ParseResult {
  let head: MessageHead | undefined;
  try {
    if (bytes.length > MAX_MESSAGE_BYTES) throw new SipParseError('SIP_MESSAGE_TOO_LARGE');
    const start = skipLineBreaks(bytes, 0, bytes.length);
    const bounds = findHeadEnd(bytes, start);
    if (bounds === undefined) throw new SipParseError('SIP_TRUNCATED');
    head = parseHead(bytes, start, bounds.headEnd);
    const available = bytes.length - bounds.bodyStart;
    const length = contentLength(head.fields) ?? available;
    if (length > available) throw new SipParseError('SIP_TRUNCATED');
    const { bodyStart } = bounds;
    const body = length === 0 ? NO_BODY : bytes.subarray(bodyStart, bodyStart + length);
    return { ok: true, message: buildMessage(head, body) };
  } catch (error) {
    return parseFailure(error, head);
  }
}
