import type { Generated } from 'kysely';

/** Tries of the newest code of an account; FAM has a column for them only in `recovery_codes`. */
export interface DialtoneCodeAttemptsTable {
  account_id: number;
  /** Table of the code: `email_change_codes` or `phone_change_codes`. */
  kind: string;
  /** The code that is counted; older ones are void. */
  code_id: number;
  attempts: Generated<number>;
}
