import { toDbDate, toJsonDate } from '../../db/dates.ts';
import type { Db } from '../../db/database.ts';

/** The SMTP server of a space; null where nothing is set. */
export interface EmailServerFields {
  readonly host: string;
  readonly port: number;
  readonly username: string | null;
  readonly password: string | null;
  readonly from_address: string | null;
  readonly from_name: string | null;
  readonly signature: string | null;
}

/** The servers of the given spaces with the id of their space. */
export async function selectEmailServers(db: Db, spaceIds: readonly number[]) {
  if (spaceIds.length === 0) return [];
  return db
    .selectFrom('space_email_servers')
    .selectAll()
    .where('space_id', 'in', spaceIds)
    .execute();
}

export type EmailServerRow = Awaited<ReturnType<typeof selectEmailServers>>[number];

/** Sets the server of a space; true when it had none. */
export async function replaceEmailServer(
  trx: Db,
  spaceId: number,
  fields: EmailServerFields,
  now: number,
): Promise<boolean> {
  const values = { ...fields, updated_at: toDbDate(now) };
  const existing = await trx
    .selectFrom('space_email_servers')
    .select('id')
    .where('space_id', '=', spaceId)
    .executeTakeFirst();
  if (existing === undefined) {
    await trx
      .insertInto('space_email_servers')
      .values({ ...values, space_id: spaceId, created_at: values.updated_at })
      .execute();
    return true;
  }
  await trx.updateTable('space_email_servers').set(values).where('id', '=', existing.id).execute();
  return false;
}

/** False when the space had none. */
export async function deleteEmailServer(db: Db, spaceId: number): Promise<boolean> {
  const result = await db
    .deleteFrom('space_email_servers')
    .where('space_id', '=', spaceId)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** The public object, keys in order (flexiapi-core.md §9.5). */
export function emailServerJson(row: EmailServerRow) {
  return {
    id: row.id,
    host: row.host,
    port: row.port,
    username: row.username,
    password: row.password,
    from_address: row.from_address,
    from_name: row.from_name,
    signature: row.signature,
    created_at: row.created_at === null ? null : toJsonDate(row.created_at),
    updated_at: row.updated_at === null ? null : toJsonDate(row.updated_at),
  };
}
