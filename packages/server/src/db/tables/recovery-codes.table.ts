import type { Generated } from 'kysely';
import type { DbDate } from '../column-types.ts';

/** 4 digit codes sent by mail or SMS to log in without password. The current one is the newest row of the account (highest `id`), and only if its `code` is not NULL; an older pending code never becomes current again. */
export interface RecoveryCodesTable {
  id: Generated<number>;
  /** Owner. */
  account_id: number;
  /** 4 digits; NULL once consumed. */
  code: string | null;
  created_at: DbDate | null;
  updated_at: DbDate | null;
  /** Client IP address of the request that created the row. */
  ip: string | null;
  /** HTTP User-Agent of that request. */
  user_agent: string | null;
  /** Number it was sent to. */
  phone: string | null;
  /** Address it was sent to. */
  email: string | null;
  /** Wrong attempts, 3 at most. */
  attempts: Generated<number>;
}
