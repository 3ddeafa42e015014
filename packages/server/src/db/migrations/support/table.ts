import { sql } from 'kysely';
import type { Column } from './columns.ts';
import type { Engine, MigrationContext } from './migration.ts';

export interface ForeignKey {
  readonly column: string;
  readonly references: readonly [table: string, column: string];
}

/** A table as FAM's migrations leave it; foreign keys always cascade deletions. */
export interface Table {
  readonly name: string;
  readonly columns: Readonly<Record<string, Column>>;
  readonly primary?: readonly string[];
  readonly unique?: readonly (readonly string[])[];
  readonly index?: readonly (readonly string[])[];
  readonly foreign?: readonly ForeignKey[];
}

/** Creates the table and its indexes, unless it is there. */
export async function createTable({ db, engine }: MigrationContext, table: Table): Promise<void> {
  for (const statement of createTableSql(engine, table)) {
    await sql.raw(statement).execute(db);
  }
}

export async function dropTable({ db, engine }: MigrationContext, table: Table): Promise<void> {
  await sql.raw(`drop table if exists ${quote(engine, table.name)}`).execute(db);
}

/** Name as FAM's framework forms it: `{table}_{columns}_{kind}`, shortened to what every engine takes. */
export function keyName(table: string, columns: readonly string[], kind: string): string {
  const full = `${table}_${columns.join('_')}_${kind}`;
  return full.length <= 63 ? full : `${table}_${kind}`;
}

export function quote(engine: Engine, name: string): string {
  return engine === 'mysql' ? `\`${name}\`` : `"${name}"`;
}

function createTableSql(engine: Engine, table: Table): string[] {
  const id = (name: string): string => quote(engine, name);
  const list = (names: readonly string[]): string => `(${names.map(id).join(', ')})`;
  const parts = Object.entries(table.columns).map(([name, column]) =>
    columnSql(engine, id(name), column),
  );
  const counted = Object.entries(table.columns).some(([, { autoIncrement }]) => autoIncrement);
  const primary = table.primary ?? (counted ? ['id'] : undefined);
  // SQLite counts up only when the key is declared with the column.
  if (primary !== undefined && !(engine === 'sqlite' && counted)) {
    parts.push(`primary key ${list(primary)}`);
  }
  for (const columns of table.unique ?? []) {
    const name = id(keyName(table.name, columns, 'unique'));
    parts.push(`constraint ${name} unique ${list(columns)}`);
  }
  for (const { column, references } of table.foreign ?? []) {
    const name = id(keyName(table.name, [column], 'foreign'));
    parts.push(
      `constraint ${name} foreign key (${id(column)}) references ${id(references[0])} (${id(references[1])}) on delete cascade`,
    );
  }
  const indexes = (table.index ?? []).map((columns) => ({
    name: id(keyName(table.name, columns, 'index')),
    columns: list(columns),
  }));
  if (engine === 'mysql') {
    // Inside the table, or InnoDB would add nameless ones of its own for the foreign keys.
    parts.push(...indexes.map(({ name, columns }) => `key ${name} ${columns}`));
  }
  const options =
    engine === 'mysql' ? ' engine=InnoDB default charset=utf8mb4 collate=utf8mb4_unicode_ci' : '';
  const create = `create table if not exists ${id(table.name)} (\n  ${parts.join(',\n  ')}\n)${options}`;
  if (engine === 'mysql') return [create];
  const separate = indexes.map(
    ({ name, columns }) => `create index if not exists ${name} on ${id(table.name)} ${columns}`,
  );
  return [create, ...separate];
}

function columnSql(engine: Engine, name: string, column: Column): string {
  const words = [name, column.sql[engine]];
  words.push(column.nullable ? 'null' : 'not null');
  if (column.defaultSql !== undefined) words.push(`default ${column.defaultSql}`);
  else if (column.nullable) words.push('default null');
  if (engine === 'sqlite' && column.autoIncrement) words.push('primary key autoincrement');
  const type = column.sql[engine];
  // SQLite enforces no length, and citext has none: the same limits everywhere.
  if (column.maxLength !== undefined && (engine === 'sqlite' || type === 'citext')) {
    const characters = engine === 'sqlite' ? 'length' : 'char_length';
    words.push(`check (${characters}(${name}) <= ${column.maxLength})`);
  }
  return words.join(' ');
}
