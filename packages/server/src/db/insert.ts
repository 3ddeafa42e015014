import { sql, type Generated, type Insertable, type QueryResult } from 'kysely';
import type { Database, Db } from './database.ts';
import { prepareStatement, type Value } from './prepared.ts';

/** Tables whose `id` the database counts up. */
export type CountedTable = {
  [T in keyof Database]: Database[T] extends { id: Generated<number> } ? T : never;
}[keyof Database];

type Row = Readonly<Record<string, Value>>;
type Inserted = QueryResult<{ readonly id: number }>;

/** Each table's statement, prepared when it is first needed. */
const statements = new Map<CountedTable, (db: Db, row: Row) => Inserted | Promise<Inserted>>();

/**
 * Inserts one row and returns the `id` it got, on every engine (MySQL has no `returning`).
 * @throws the driver's error; see `isUniqueViolation`
 */
export async function insertReturningId<T extends CountedTable>(
  db: Db,
  table: T,
  row: Insertable<Database[T]>,
): Promise<number> {
  let insert = statements.get(table);
  if (insert === undefined) {
    insert = prepareInsert(table);
    statements.set(table, insert);
  }
  const { rows, insertId } = await insert(db, row);
  return rows[0]?.id ?? Number(insertId);
}

function prepareInsert(table: CountedTable) {
  return prepareStatement<Row, { readonly id: number }>((db, row) => {
    const query = db.insertInto(table).values(row);
    return db.getExecutor().adapter.supportsReturning
      ? query.returning(sql<number>`id`.as('id'))
      : query.$castTo<{ readonly id: number }>();
  });
}
