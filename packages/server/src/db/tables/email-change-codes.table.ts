import type { Generated } from 'kysely';
import type { DbDate } from '../column-types.ts';

/** 4 digit codes that confirm a new e-mail address. The current one is the newest row of the account, and only if its `code` is not NULL (as for `recovery_codes`). */
export interface EmailChangeCodesTable {
  id: Generated<number>;
  /** Owner. */
  account_id: number;
  /** 4 digits; NULL once consumed. */
  code: string | null;
  /** Requested address. */
  email: string;
  created_at: DbDate | null;
  updated_at: DbDate | null;
  /** Client IP address of the request that created the row. */
  ip: string | null;
  /** HTTP User-Agent of that request. */
  user_agent: string | null;
}
