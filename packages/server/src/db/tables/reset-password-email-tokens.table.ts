import type { Generated } from 'kysely';
import type { DbDate, Flag } from '../column-types.ts';

/** Links of the reset-password mail. */
export interface ResetPasswordEmailTokensTable {
  id: Generated<number>;
  /** 16 characters. */
  token: string;
  /** Consumed. */
  used: Generated<Flag>;
  /** Address it was sent to. */
  email: string;
  /** Owner. */
  account_id: number;
  /** Never filled by FAM. */
  ip: string | null;
  /** Never filled by FAM. */
  user_agent: string | null;
  created_at: DbDate | null;
  updated_at: DbDate | null;
}
