/**
 * Every error code of this package with what it means. Codes are stable: callers branch on them,
 * texts may change. A retired code is never used again.
 */
export const SIP_ERRORS = {
  SIP_MESSAGE_TOO_LARGE:
    'The message, a line of it or its number of header fields is over the limit',
  SIP_TRUNCATED: 'The message ends before its header or its announced body is complete',
  SIP_MALFORMED_START_LINE: 'The first line is neither a request line nor a status line',
  SIP_UNSUPPORTED_VERSION: 'The message is not SIP/2.0',
  SIP_MALFORMED_HEADER: 'A header field does not follow the grammar',
  SIP_MISSING_HEADER: 'A mandatory header field is missing',
  SIP_DUPLICATE_HEADER: 'A header field that must be unique is there twice',
  SIP_METHOD_MISMATCH: 'The CSeq method differs from the request method',
  SIP_INVALID_ARGUMENT: 'A value given by the caller cannot be written into a SIP message',
  SIP_DNS_NOT_FOUND: 'The next hop has no address',
  SIP_DNS_FAILED: 'No name server gave an answer about the next hop',
  SIP_DNS_TIMEOUT: 'The next hop was not resolved in time',
  SIP_CONNECT_FAILED: 'The connection was refused or there is no route',
  SIP_CONNECT_TIMEOUT: 'The connection was not ready in time',
  SIP_TLS_FAILED: 'The TLS handshake failed, or roots or client certificate cannot be used',
  SIP_TLS_UNTRUSTED: 'The certificate of the peer leads to no trusted root',
  SIP_TLS_NAME_MISMATCH: 'The certificate of the peer is for another name',
  SIP_TLS_SUBJECT_MISMATCH: 'No subject of the certificate matches the required pattern',
  SIP_WEBSOCKET_REFUSED: 'The peer did not accept the WebSocket',
  SIP_LISTEN_FAILED: 'The listening socket could not be opened',
  SIP_SEND_FAILED: 'The datagram could not be sent',
  SIP_FLOW_BROKEN: 'The connection is gone',
  SIP_DATAGRAM_TOO_LARGE: 'The message does not fit into a datagram',
  SIP_ABORTED: 'The request or connection was given up by its owner',
} as const;

/** A code of `SIP_ERRORS`. */
export type SipErrorCode = keyof typeof SIP_ERRORS;
