import type { Generated } from 'kysely';
import type { DbDate, Flag } from '../column-types.ts';

/** First step of the captcha based account creation. */
export interface AccountCreationRequestTokensTable {
  id: Generated<number>;
  /** 13 characters. */
  token: string;
  /** Exchanged. */
  used: Generated<Flag>;
  /** Date of the captcha validation. */
  validated_at: DbDate | null;
  /** Token delivered in exchange. */
  acc_creation_token_id: number | null;
  created_at: DbDate | null;
  updated_at: DbDate | null;
  /** Never filled by FAM. */
  ip: string | null;
  /** Never filled by FAM. */
  user_agent: string | null;
}
