import type { Generated } from 'kysely';
import type { DbDate, Flag } from '../column-types.ts';

/** One-time right to start a recovery by phone, obtained by push. */
export interface AccountRecoveryTokensTable {
  id: Generated<number>;
  /** 13 characters. */
  token: string;
  /** Push provider: `apns.dev`, `apns`, `fcm`. */
  pn_provider: string;
  /** Push application id. */
  pn_param: string;
  /** Push device token. */
  pn_prid: string;
  /** Consumed. */
  used: Generated<Flag>;
  /** Client IP address of the request that created the row. */
  ip: string | null;
  /** HTTP User-Agent of that request. */
  user_agent: string | null;
  /** Account recovered with it. */
  account_id: number | null;
  created_at: DbDate | null;
  updated_at: DbDate | null;
}
