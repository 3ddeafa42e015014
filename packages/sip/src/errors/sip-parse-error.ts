import { SIP_ERRORS } from './sip-error-codes.ts';

/** Why bytes were no SIP message, or no header value. */
export type SipParseErrorCode = Extract<
  keyof typeof SIP_ERRORS,
  | 'SIP_MESSAGE_TOO_LARGE'
  | 'SIP_TRUNCATED'
  | 'SIP_MALFORMED_START_LINE'
  | 'SIP_UNSUPPORTED_VERSION'
  | 'SIP_MALFORMED_HEADER'
  | 'SIP_MISSING_HEADER'
  | 'SIP_DUPLICATE_HEADER'
  | 'SIP_METHOD_MISMATCH'
>;

/**
 * Bytes from the network that are no acceptable SIP message or header field. The text names the
 * header at fault, never its value: values may hold credentials.
 */
export class SipParseError extends Error {
  override readonly name = 'SipParseError';
  readonly code: SipParseErrorCode;
  /** Name of the header field at fault. */
  readonly header: string | undefined;

  constructor(code: SipParseErrorCode, header?: string) {
    super(header === undefined ? SIP_ERRORS[code] : `${SIP_ERRORS[code]}: ${header}`);
    this.code = code;
    this.header = header;
  }

  /** The status a server answers with: 400, 413 or 505. RFC 3261 §21.4.1, §21.4.11, §21.5.6. */
  get responseStatus(): 400 | 413 | 505 {
    if (this.code === 'SIP_UNSUPPORTED_VERSION') return 505;
    return this.code === 'SIP_MESSAGE_TOO_LARGE' ? 413 : 400;
  }
}
