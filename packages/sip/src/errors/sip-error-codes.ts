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
} as const;

export type SipErrorCode = keyof typeof SIP_ERRORS;
