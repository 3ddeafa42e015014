import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Database, Db } from './database.ts';
import type { Engine } from './database-url.ts';
import { engineOf } from './engine-of.ts';

/** JSON made by the database: text, or read already by the driver (PostgreSQL, MySQL). */
export type Json<T> = T | string;

type Column<T extends keyof Database> = keyof Selectable<Database[T]> & string;
type Columns<T extends keyof Database, C extends Column<T>> = Pick<Selectable<Database[T]>, C>;

const functions: Readonly<Record<Engine, { readonly object: string; readonly list: string }>> = {
  sqlite: { object: 'json_object', list: 'json_group_array' },
  mysql: { object: 'json_object', list: 'json_arrayagg' },
  postgres: { object: 'json_build_object', list: 'json_agg' },
};

/**
 * Columns of a table as one value, so that a subquery can give a whole row. Dates in it may have `T`
 * between day and time (dates.ts reads both).
 */
export function jsonRow<T extends keyof Database, C extends Column<T>>(
  db: Db,
  table: T,
  columns: readonly C[],
): RawBuilder<Json<Columns<T, C>>> {
  const members = columns.map((name) => sql`${sql.lit(name)}, ${sql.ref(`${table}.${name}`)}`);
  return sql`${sql.raw(functions[engineOf(db)].object)}(${sql.join(members)})`;
}

/**
 * All rows of a subquery as one value, so that one statement brings what hangs below a row. Their
 * order is the database's choice: MySQL cannot order an aggregate. Null, or empty, when there are none.
 */
export function jsonRows<T extends keyof Database, C extends Column<T>>(
  db: Db,
  table: T,
  columns: readonly C[],
): RawBuilder<Json<readonly Columns<T, C>[]> | null> {
  return sql`${sql.raw(functions[engineOf(db)].list)}(${jsonRow(db, table, columns)})`;
}

/** The value of a column made by `jsonRow` or `jsonRows`. */
export function fromJson<T>(json: Json<T>): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the database wrote it from columns of these types
  return (typeof json === 'string' ? JSON.parse(json) : json) as T;
}
