/** Randomness as a parameter, so that tests can repeat a run. */
export interface Random {
  /** `length` random characters of `[A-Za-z0-9]`: tags, branches, Call-IDs, cnonces. */
  token(length: number): string;
  /** A float in [0, 1). */
  float(): number;
}
