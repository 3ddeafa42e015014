import type { ErrorCode, ErrorCodeOf, ErrorKind } from '@dialtone/contract';
import type { PhraseKey, PhraseParams } from '@dialtone/phrases';

/** One reason why a field was refused: a phrase, with values for its places (`attribute` is added by the error handler). */
export type FieldFault =
  | PhraseKey
  | { readonly key: PhraseKey; readonly params?: PhraseParams }
  /** A text that is already written, such as the position of a syntax error. */
  | { readonly text: string };

/** Reasons by field, in the order in which they are reported. */
export type FieldFaults = Readonly<Record<string, FieldFault | readonly FieldFault[]>>;

interface ServiceErrorOptions extends ErrorOptions {
  readonly params?: PhraseParams;
  readonly fields?: FieldFaults;
  readonly retryAfterSeconds?: number;
}

/**
 * A refusal that the caller is told about. Services throw it with a public code; the HTTP error
 * handler and the XML-RPC dispatcher turn it into their own answers. Anything else that is thrown
 * is a defect and reaches the caller only as `server.error`.
 */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly kind: ErrorKind;
  readonly code: ErrorCode;
  /** Values for the places of the code's phrase. */
  readonly params: PhraseParams;
  /** Refused fields; only of kind `invalid`. */
  readonly fields: FieldFaults;
  /** When asking again makes sense, in seconds from now. */
  readonly retryAfterSeconds: number | undefined;

  constructor(kind: ErrorKind, code: ErrorCode, options: ServiceErrorOptions = {}) {
    super(code, options);
    this.kind = kind;
    this.code = code;
    this.params = options.params ?? {};
    this.fields = options.fields ?? {};
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

export function badRequest(code: ErrorCodeOf<'badRequest'> = 'request.malformed'): ServiceError {
  return new ServiceError('badRequest', code);
}

export function unauthorized(code: ErrorCodeOf<'unauthorized'> = 'auth.required'): ServiceError {
  return new ServiceError('unauthorized', code);
}

export function forbidden(code: ErrorCodeOf<'forbidden'>): ServiceError {
  return new ServiceError('forbidden', code);
}

export function notFound(code: ErrorCodeOf<'notFound'> = 'resource.not_found'): ServiceError {
  return new ServiceError('notFound', code);
}

export function gone(code: ErrorCodeOf<'gone'>): ServiceError {
  return new ServiceError('gone', code);
}

/** A page was open for too long, or does not belong to this browser. */
export function pageExpired(code: ErrorCodeOf<'pageExpired'> = 'page.expired'): ServiceError {
  return new ServiceError('pageExpired', code);
}

/** Refused input: `invalid({ username: 'validation.unique' })`. */
export function invalid(fields: FieldFaults): ServiceError {
  return new ServiceError('invalid', 'validation.failed', { fields });
}

export function tooManyRequests(retryAfterSeconds?: number): ServiceError {
  return new ServiceError(
    'tooManyRequests',
    'request.too_many',
    retryAfterSeconds === undefined ? {} : { retryAfterSeconds },
  );
}

export function unavailable(code: ErrorCodeOf<'unavailable'>, cause?: unknown): ServiceError {
  return new ServiceError('unavailable', code, { cause });
}

/** Whether `error` is a refusal (of `kind`, if given). */
export function isServiceError(error: unknown, kind?: ErrorKind): error is ServiceError {
  return error instanceof ServiceError && (kind === undefined || error.kind === kind);
}
