import type { ErrorCodeOf } from '../errors/client-error-codes.ts';

/** Why contacts could not be had. */
export type ContactsErrorCode = ErrorCodeOf<'contacts'>;

/** A server of contacts that could not be asked, or whose answer is none. */
export class ContactsError extends Error {
  override readonly name = 'ContactsError';
  readonly code: ContactsErrorCode;

  constructor(code: ContactsErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
