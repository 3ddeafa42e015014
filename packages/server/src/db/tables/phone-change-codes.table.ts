import type { Generated } from 'kysely';
import type { DbDate } from '../column-types.ts';

/** 4 digit codes that confirm a new phone number. Same rule as for e-mail. */
export interface PhoneChangeCodesTable {
  id: Generated<number>;
  /** Owner. */
  account_id: number;
  /** 4 digits; NULL once consumed. */
  code: string | null;
  /** Requested number. */
  phone: string;
  created_at: DbDate | null;
  updated_at: DbDate | null;
  /** Client IP address of the request that created the row. */
  ip: string | null;
  /** HTTP User-Agent of that request. */
  user_agent: string | null;
}
