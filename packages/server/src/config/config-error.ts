/** One variable that cannot be used. */
export interface ConfigFault {
  readonly variable: string;
  /** What is wrong and what to do. */
  readonly message: string;
}

/** The environment is not usable; names every fault at once. `code` is `config-invalid`. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'config-invalid';
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    const lines = faults.map((fault) => `  ${fault.variable} ${fault.message}`);
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${lines.join('\n')}`,
    );
    this.faults = faults;
  }
}
