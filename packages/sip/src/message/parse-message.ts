import { SipParseError } from '../errors/sip-parse-error.ts';
import { contentLength } from './headers/content-length.ts';
import { MAX_MESSAGE_BYTES } from './limits.ts';
import { findBody, skipLineBreaks } from './message-bounds.ts';
import { decodeHead, type MessageHead, parseHead } from './parse-head.ts';
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
    head = readHead(bytes, start);
    const bodyStart = start + head.bodyStart;
    const available = bytes.length - bodyStart;
    const length = contentLength(head) ?? available;
    if (length > available) throw new SipParseError('SIP_TRUNCATED');
    const body = length === 0 ? NO_BODY : bytes.subarray(bodyStart, bodyStart + length);
    return { ok: true, message: buildMessage(head, body) };
  } catch (error) {
    return parseFailure(error, head);
  }
}

/** Head of the message that starts at byte `start`; its `bodyStart` counts bytes from there. */
function readHead(bytes: Uint8Array, start: number): MessageHead {
  const text = decodeHead(bytes, start, bytes.length);
  // As many characters as bytes: each byte became one, so the empty line is where it is in the bytes.
  if (text.length === bytes.length - start) return parseHead(text);
  const bodyStart = findBody(bytes, start);
  if (bodyStart === undefined) throw new SipParseError('SIP_TRUNCATED');
  return { ...parseHead(decodeHead(bytes, start, bodyStart)), bodyStart: bodyStart - start };
}
