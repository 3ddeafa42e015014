import type { Headers } from './headers.ts';

/** Fields common to requests and responses. Messages are immutable; a retry builds a new one. */
interface MessageParts {
  readonly headers: Headers;
  /** Body bytes; empty for REGISTER in practice. */
  readonly body: Uint8Array;
}

/** RFC 3261 §7.1. */
export interface SipRequest extends MessageParts {
  readonly kind: 'request';
  /** Upper case as on the wire (methods are case-sensitive). */
  readonly method: string;
  /** Request-URI text exactly as on the wire: digests are computed over it. */
  readonly requestUri: string;
}

/** RFC 3261 §7.2. */
export interface SipResponse extends MessageParts {
  readonly kind: 'response';
  /** 100 to 699. */
  readonly status: number;
  readonly reason: string;
}

/** A request or a response; `kind` tells which. */
export type SipMessage = SipRequest | SipResponse;
