import type { DbDate } from '../column-types.ts';

/** Written by Flexisip through the API. No primary key, `id` is unique. */
export interface StatisticsCallsTable {
  /** Identifier chosen by Flexisip. */
  id: string;
  /** Sender or caller, user part. */
  from_username: string;
  /** Sender or caller, domain. */
  from_domain: string;
  /** Recipient or callee, user part. */
  to_username: string;
  /** Recipient or callee, domain. */
  to_domain: string;
  /** Date of the INVITE. */
  initiated_at: DbDate;
  /** End of the call. */
  ended_at: DbDate | null;
  /** Always NULL today (accepted by the API, not stored). */
  conference_id: string | null;
  created_at: DbDate | null;
  updated_at: DbDate | null;
}
