import type { Db } from '../db/database.ts';
import { toJsonDate } from '../db/dates.ts';

/** The forwardings of an account as its callers' proxy reads them, newest first (flexiapi-more.md §1.6). */
export async function selectCallForwardings(db: Db, accountId: number) {
  const rows = await db
    .selectFrom('call_forwardings as forwarding')
    .leftJoin('accounts as contact', 'contact.id', 'forwarding.contact_id')
    .selectAll('forwarding')
    .select(['contact.username', 'contact.domain'])
    .where('forwarding.account_id', '=', accountId)
    .orderBy('forwarding.id', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    type: row.type,
    forward_to: row.forward_to,
    sip_uri: row.sip_uri,
    enabled: row.enabled === 1,
    contact_id: row.contact_id,
    created_at: row.created_at === null ? null : toJsonDate(row.created_at),
    updated_at: row.updated_at === null ? null : toJsonDate(row.updated_at),
    contact_sip_uri: row.username === null ? null : `sip:${row.username}@${row.domain}`,
  }));
}
