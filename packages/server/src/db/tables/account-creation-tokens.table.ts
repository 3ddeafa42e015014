import type { Generated } from 'kysely';
import type { DbDate, Flag } from '../column-types.ts';

/** One-time right to create an account, obtained by push, by captcha or from an admin. */
export interface AccountCreationTokensTable {
  id: Generated<number>;
  /** 13 characters. */
  token: string;
  /** Push provider: `apns.dev`, `apns`, `fcm`. */
  pn_provider: string | null;
  /** Push application id. */
  pn_param: string | null;
  /** Push device token. */
  pn_prid: string | null;
  /** Consumed. */
  used: Generated<Flag>;
  created_at: DbDate | null;
  updated_at: DbDate | null;
  /** Account created with it. */
  account_id: number | null;
  /** Client IP address of the request that created the row, replaced by the one of the `consume` call. */
  ip: string | null;
  /** HTTP User-Agent of that request. */
  user_agent: string | null;
}
