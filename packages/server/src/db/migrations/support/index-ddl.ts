import { sql } from 'kysely';
import type { MigrationContext } from './migration.ts';
import { quote } from './table.ts';

export interface Index {
  readonly name: string;
  readonly table: string;
  readonly columns: readonly string[];
}

/** Adds an index, unless one of that name is there (MySQL has no `if not exists` here). */
export async function createIndex(context: MigrationContext, index: Index): Promise<void> {
  if (context.engine === 'mysql' && (await existsOnMysql(context, index))) return;
  const id = (name: string): string => quote(context.engine, name);
  const condition = context.engine === 'mysql' ? '' : 'if not exists ';
  const columns = index.columns.map(id).join(', ');
  await sql
    .raw(`create index ${condition}${id(index.name)} on ${id(index.table)} (${columns})`)
    .execute(context.db);
}

export async function dropIndex(context: MigrationContext, index: Index): Promise<void> {
  if (context.engine !== 'mysql') {
    await sql.raw(`drop index if exists "${index.name}"`).execute(context.db);
  } else if (await existsOnMysql(context, index)) {
    await sql.raw(`drop index \`${index.name}\` on \`${index.table}\``).execute(context.db);
  }
}

async function existsOnMysql({ db }: MigrationContext, index: Index): Promise<boolean> {
  const found = await sql`
    select 1 from information_schema.statistics
    where table_schema = database() and table_name = ${index.table} and index_name = ${index.name}
    limit 1`.execute(db);
  return found.rows.length > 0;
}
