import { sql, type Generated, type Insertable } from 'kysely';
import type { Database, Db } from './database.ts';

/** Tables whose `id` the database counts up. */
export type CountedTable = {
  [T in keyof Database]: Database[T] extends { id: Generated<number> } ? T : never;
}[keyof Database];

/**
 * Inserts one row and returns the `id` it got, on every engine (MySQL has no `returning`).
 * @throws the driver's error; see `isUniqueViolation`
 */
export async function insertReturningId<T extends CountedTable>(
  db: Db,
  table: T,
  row: Insertable<Database[T]>,
): Promise<number> {
  const query = db.insertInto(table).values(row);
  if (db.getExecutor().adapter.supportsReturning) {
    const inserted = await query.returning(sql<number>`id`.as('id')).executeTakeFirstOrThrow();
    return inserted.id;
  }
  const { insertId } = await query.executeTakeFirstOrThrow();
  return Number(insertId);
}
