/** Why a provisioning setting was refused. */
export type ProvisioningErrorCode =
  /** Neither `scheme:` nor a leading `/`. */
  | 'provisioning-bad-uri'
  /** A header name that is empty or contains a colon. */
  | 'provisioning-bad-header';

/** A provisioning setting that was refused; the previous value stays. */
export class ProvisioningError extends Error {
  override readonly name = 'ProvisioningError';
  readonly code: ProvisioningErrorCode;

  constructor(code: ProvisioningErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
