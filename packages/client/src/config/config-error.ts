/** Why the configuration store refused something. */
export type ConfigErrorCode =
  /** A file exists but cannot be opened; going on would overwrite it with nothing. */
  | 'config-unreadable'
  /** The file could not be written; the previous one is intact. */
  | 'config-unwritable'
  /** A section or key name that a `linphonerc` cannot hold. */
  | 'config-bad-name'
  /** The text is not acceptable XML; nothing of it was applied. */
  | 'config-bad-xml';

/** A failure of the configuration store. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code: ConfigErrorCode;

  constructor(code: ConfigErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
