import type { ErrorCodeOf } from '../errors/client-error-codes.ts';

/** Why the configuration store refused something. */
export type ConfigErrorCode = ErrorCodeOf<'config'>;

/** A failure of the configuration store. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code: ConfigErrorCode;

  constructor(code: ConfigErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
