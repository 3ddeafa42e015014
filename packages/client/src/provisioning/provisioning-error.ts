import type { ErrorCodeOf } from '../errors/client-error-codes.ts';

/** Why a provisioning setting was refused. */
export type ProvisioningErrorCode = ErrorCodeOf<'provisioning'>;

/** A provisioning setting that was refused; the previous value stays. */
export class ProvisioningError extends Error {
  override readonly name = 'ProvisioningError';
  readonly code: ProvisioningErrorCode;

  constructor(code: ProvisioningErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
