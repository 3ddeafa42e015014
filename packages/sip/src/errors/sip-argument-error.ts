import { SIP_ERRORS } from './sip-error-codes.ts';

/**
 * A value the caller gave cannot be written into a message: a header name that is no token, a line
 * break inside a header value (which would smuggle in another header).
 */
export class SipArgumentError extends Error {
  override readonly name = 'SipArgumentError';
  readonly code = 'SIP_INVALID_ARGUMENT';

  constructor(detail: string) {
    super(`${SIP_ERRORS.SIP_INVALID_ARGUMENT}: ${detail}`);
  }
}
