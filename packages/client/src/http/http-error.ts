import type { ErrorCodeOf } from '../errors/client-error-codes.ts';

/** Why an HTTP request got no response. */
export type HttpErrorCode = ErrorCodeOf<'http'>;

/** A request that ended without a response to look at. Messages never contain the URL. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly code: HttpErrorCode;

  constructor(code: HttpErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
