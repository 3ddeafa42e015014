import { SipParseError } from '../errors/sip-parse-error.ts';
import { ByteQueue } from './byte-queue.ts';
import { CR, LF } from './chars.ts';
import { contentLength } from './headers/content-length.ts';
import { MAX_MESSAGE_BYTES } from './limits.ts';
import { findBody } from './message-bounds.ts';
import type { SipMessage } from './message.ts';
import { decodeHead, type MessageHead, parseHead } from './parse-head.ts';
import { buildMessage, type ParseFailure, parseFailure } from './parse-result.ts';

/** What a stream delivered. */
export type StreamEvent =
  | { readonly kind: 'message'; readonly message: SipMessage }
  /** CRLFCRLF between messages: answer it with CRLF. RFC 5626 §4.4.1. */
  | { readonly kind: 'ping' }
  /** A single CRLF between messages. */
  | { readonly kind: 'pong' }
  /** The stream cannot be followed any further and should be closed. Always the last event. */
  | { readonly kind: 'malformed'; readonly failure: ParseFailure };

/** A message whose head has arrived. */
interface PendingMessage {
  readonly head: MessageHead;
  readonly bodyStart: number;
}

/**
 * Cuts the bytes of one TCP or TLS connection into messages by Content-Length (RFC 3261 §18.3); a
 * message without one has no body. Bytes may arrive in any pieces. One unfinished message is held
 * at most, and refused above 65 535 bytes.
 *
 * @example
 * const framing = new StreamFraming('server');
 * socket.on('data', (chunk) => {
 *   for (const event of framing.push(chunk)) handle(event);
 * });
 */
export class StreamFraming {
  readonly #side: 'client' | 'server';
  readonly #queue = new ByteQueue();
  #pending: PendingMessage | undefined;
  /** No empty line begins before this index of the queue. */
  #searched = 0;
  #halfPing = false;
  #failed = false;

  /**
   * @param side 'client' when this end opened the connection: then every CRLF on its own is a pong.
   * 'server': two of them are a ping even when they arrive apart.
   */
  constructor(side: 'client' | 'server') {
    this.#side = side;
  }

  /** Part of a message has arrived: the peer owes the rest. */
  get unfinished(): boolean {
    return this.#queue.view.length > 0;
  }

  /** Takes the next bytes and returns what they completed, in order. */
  push(chunk: Uint8Array): readonly StreamEvent[] {
    const events: StreamEvent[] = [];
    if (this.#failed) return events;
    this.#queue.append(chunk);
    try {
      while (this.#takeMessage(events));
    } catch (error) {
      this.#failed = true;
      events.push({ kind: 'malformed', failure: parseFailure(error, this.#pending?.head) });
      this.#queue.drop(this.#queue.view.length);
    }
    return events;
  }

  /** Takes one message from the queue; false when more bytes are needed. */
  #takeMessage(events: StreamEvent[]): boolean {
    this.#pending ??= this.#takeHead(events);
    if (this.#pending === undefined) return false;
    const { head, bodyStart } = this.#pending;
    const end = bodyStart + (contentLength(head) ?? 0);
    if (end > MAX_MESSAGE_BYTES) throw new SipParseError('SIP_MESSAGE_TOO_LARGE');
    const bytes = this.#queue.view;
    if (bytes.length < end) return false;
    // A copy: the queue's memory is used again.
    events.push({ kind: 'message', message: buildMessage(head, bytes.slice(bodyStart, end)) });
    this.#queue.drop(end);
    this.#pending = undefined;
    this.#halfPing = false;
    return true;
  }

  #takeHead(events: StreamEvent[]): PendingMessage | undefined {
    this.#takeLineBreaks(events);
    const bytes = this.#queue.view;
    const bodyStart = findBody(bytes, this.#searched);
    if (bodyStart === undefined) {
      if (bytes.length > MAX_MESSAGE_BYTES) throw new SipParseError('SIP_MESSAGE_TOO_LARGE');
      // The empty line may begin with the last two bytes: LF CR, still to be followed by LF.
      this.#searched = Math.max(0, bytes.length - 2);
      return undefined;
    }
    this.#searched = 0;
    return { head: parseHead(decodeHead(bytes, 0, bodyStart)), bodyStart };
  }

  /** Reports and drops the line breaks before the next message. RFC 3261 §7.5, RFC 5626 §3.5.1. */
  #takeLineBreaks(events: StreamEvent[]): void {
    const bytes = this.#queue.view;
    let end = 0;
    let breaks = this.#halfPing ? 1 : 0;
    for (;;) {
      if (bytes[end] === CR && bytes[end + 1] === LF) {
        breaks++;
        end += 2;
      } else if (bytes[end] === LF) {
        end++;
      } else {
        break;
      }
    }
    if (end === 0) return;
    for (; breaks >= 2; breaks -= 2) events.push({ kind: 'ping' });
    if (breaks === 1) events.push({ kind: 'pong' });
    this.#halfPing = this.#side === 'server' && breaks === 1;
    this.#queue.drop(end);
  }
}
