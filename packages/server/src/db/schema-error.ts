export type SchemaErrorCode = 'migration-failed' | 'fam-schema-too-old';

/** The schema could not be created, completed or recognised. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
  readonly code: SchemaErrorCode;

  constructor(code: SchemaErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
