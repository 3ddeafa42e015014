import type { Generated } from 'kysely';
import type { DbDate, Flag } from '../column-types.ts';

/** Written by Flexisip through the API. No primary key, `id` is unique. */
export interface StatisticsMessagesTable {
  /** Identifier chosen by Flexisip. */
  id: string;
  /** Sender or caller, user part. */
  from_username: string;
  /** Sender or caller, domain. */
  from_domain: string;
  /** Date sent. */
  sent_at: DbDate;
  /** End-to-end encrypted. */
  encrypted: Generated<Flag>;
  /** Always NULL today (accepted by the API, not stored). */
  conference_id: string | null;
  created_at: DbDate | null;
  updated_at: DbDate | null;
}
