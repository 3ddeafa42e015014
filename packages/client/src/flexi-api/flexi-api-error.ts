import type { ErrorCodeOf } from '../errors/client-error-codes.ts';
import type { RestErrorBody } from './error-body.ts';

/** Why a `FlexiApiClient` call failed. */
export type FlexiApiErrorCode = ErrorCodeOf<'flexi-api'>;

/** A failed `FlexiApiClient` call. */
export class FlexiApiError extends Error implements RestErrorBody {
  override readonly name = 'FlexiApiError';
  readonly code: FlexiApiErrorCode;
  /** HTTP status; 0 without answer. */
  readonly status: number;
  /** Body of the answer. */
  readonly body: string;
  readonly parameterErrors: ReadonlyMap<string, string> | null;

  constructor(
    code: FlexiApiErrorCode,
    message: string,
    details: {
      readonly status?: number;
      readonly body?: string;
      readonly parameterErrors?: ReadonlyMap<string, string> | null;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: details.cause });
    this.code = code;
    this.status = details.status ?? 0;
    this.body = details.body ?? '';
    this.parameterErrors = details.parameterErrors ?? null;
  }
}
