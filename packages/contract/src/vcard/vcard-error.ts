/** Why a vCard was refused. */
export const VCARD_ERRORS = {
  'vcard-malformed': 'Not one whole vCard, or a line of it cannot be read',
  'vcard-version': 'Neither vCard 3.0 nor 4.0',
  'vcard-too-large': 'Longer, or of more lines, than the limit',
} as const;

/** A code of `VCARD_ERRORS`. */
export type VcardErrorCode = keyof typeof VCARD_ERRORS;

/** A vCard that was refused; nothing of it was used. */
export class VcardError extends Error {
  override readonly name = 'VcardError';
  readonly code: VcardErrorCode;

  constructor(code: VcardErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
