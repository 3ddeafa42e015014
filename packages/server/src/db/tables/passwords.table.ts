import type { Generated } from 'kysely';

/** HA1 hashes, one row per account and algorithm. FAM keeps at most one row per account: changing the password deletes all rows and inserts one with the space default algorithm. Table shared with Flexisip. */
export interface PasswordsTable {
  id: Generated<number>;
  /** Owner. Read by Flexisip (SIP proxy). */
  account_id: number;
  /** HA1, lower-case hexadecimal. Read by Flexisip (SIP proxy). */
  password: string;
  /** `MD5` or `SHA-256`. Read by Flexisip (SIP proxy). */
  algorithm: Generated<string>;
}
