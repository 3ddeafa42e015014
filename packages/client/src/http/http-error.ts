/** Why an HTTP request got no response. */
export type HttpErrorCode =
  /** Not an absolute http or https URL. */
  | 'http-bad-url'
  /** A plain HTTP URL while only HTTPS is allowed, or a redirect from HTTPS to HTTP. */
  | 'http-insecure'
  /** A header name or value no request can carry. */
  | 'http-bad-header'
  /** DNS, connection, TLS, or a connection that broke. */
  | 'http-io'
  /** No connection, or no traffic, for too long. */
  | 'http-timeout'
  /** More redirections than allowed, or one without a usable target. */
  | 'http-redirect'
  /** The body is longer than allowed or cannot be decoded. */
  | 'http-bad-body'
  /** The caller's signal was aborted. */
  | 'http-aborted';

/** A request that ended without a response to look at. Messages never contain the URL. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly code: HttpErrorCode;

  constructor(code: HttpErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
