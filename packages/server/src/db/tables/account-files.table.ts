import type { Generated } from 'kysely';
import type { DbDate } from '../column-types.ts';

/** Slots and files; only voicemails today. */
export interface AccountFilesTable {
  /** UUID version 7. */
  id: string;
  /** Owner. */
  account_id: number | null;
  /** NULL until uploaded, then `{8 random characters}_{original file name}`; file stored as `files/{name}`. */
  name: string | null;
  /** Bytes. */
  size: number | null;
  /** Declared type: `audio/opus` or `audio/wav`. */
  content_type: string;
  /** SIP URI of the caller. */
  sip_from: string | null;
  /** Upload date. */
  uploaded_at: DbDate | null;
  /** Last mail attempt. */
  sending_by_mail_at: DbDate | null;
  /** Failed attempts, 3 at most. */
  sending_by_mail_tryouts: Generated<number>;
  /** Mail sent. */
  sent_by_mail_at: DbDate | null;
  created_at: DbDate | null;
  updated_at: DbDate | null;
}
