import type { RestErrorBody } from './error-body.ts';

/** Why a `FlexiApiClient` call failed. */
export type FlexiApiErrorCode =
  /** The server answered another status than 2xx. */
  | 'flexi-api-status'
  /** There was no answer; `cause` is the `HttpError`. */
  | 'flexi-api-unreachable'
  /** The core's account creator URL has no `/api`, so there is no root URL. */
  | 'flexi-api-no-root-url';

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
