import type { SIP_ERRORS } from '../errors/sip-error-codes.ts';

/** Why bytes did not reach the peer. */
export type TransportErrorCode = Extract<
  keyof typeof SIP_ERRORS,
  | 'SIP_DNS_NOT_FOUND'
  | 'SIP_DNS_FAILED'
  | 'SIP_DNS_TIMEOUT'
  | 'SIP_CONNECT_FAILED'
  | 'SIP_CONNECT_TIMEOUT'
  | 'SIP_TLS_FAILED'
  | 'SIP_TLS_UNTRUSTED'
  | 'SIP_TLS_NAME_MISMATCH'
  | 'SIP_TLS_SUBJECT_MISMATCH'
  | 'SIP_WEBSOCKET_REFUSED'
  | 'SIP_LISTEN_FAILED'
  | 'SIP_SEND_FAILED'
  | 'SIP_FLOW_BROKEN'
  | 'SIP_DATAGRAM_TOO_LARGE'
  | 'SIP_ABORTED'
>;

/** Anything that keeps bytes from reaching the peer; what registration calls an io error. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly code: TransportErrorCode;

  constructor(code: TransportErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** Whether something that was thrown is a `TransportError`. */
export function isTransportError(value: unknown): value is TransportError {
  return value instanceof TransportError;
}
