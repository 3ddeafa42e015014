export const TRANSPORT_ERROR_CODES = [
  'dns_not_found',
  'dns_failed',
  'dns_timeout',
  'connect_failed',
  'connect_timeout',
  'tls_failed',
  'tls_untrusted',
  'tls_name_mismatch',
  'tls_subject_mismatch',
  'websocket_refused',
  'listen_failed',
  'protocol_unavailable',
  'send_failed',
  'flow_broken',
  'message_too_large',
  'message_malformed',
  'aborted',
] as const;
export type TransportErrorCode = (typeof TRANSPORT_ERROR_CODES)[number];

/** Anything that keeps bytes from reaching the peer; what registration calls an io error. */
export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly code: TransportErrorCode;

  constructor(code: TransportErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

export function isTransportError(value: unknown): value is TransportError {
  return value instanceof TransportError;
}
