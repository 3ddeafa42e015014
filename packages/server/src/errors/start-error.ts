export type StartErrorCode =
  | 'database-unreachable'
  | 'address-in-use'
  | 'address-unavailable'
  | 'certificate-unreadable'
  | 'hooks-unusable'
  | 'mail-templates-unusable'
  | 'key-unusable';

/** The server cannot start; the message says why and what to do, without a stack trace. */
export class StartError extends Error {
  override readonly name = 'StartError';
  readonly code: StartErrorCode;

  constructor(code: StartErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
