import { sql } from 'kysely';
import type { Db } from '../db/database.ts';

/**
 * Everything the server knows about the tables that an application or Flexisip could notice, without
 * the names of keys (which carry history): table → lines, each a column, a key or a foreign key.
 */
export async function describeMysqlSchema(db: Db): Promise<Record<string, string[]>> {
  const lines = await sql<{ name: string; line: string }>`
    select table_name as name, concat_ws(' ', 'column', column_name, column_type, is_nullable,
        coalesce(column_default, '-'), coalesce(collation_name, '-'), extra) as line
      from information_schema.columns where table_schema = database()
    union all
    select table_name, concat_ws(' ', if(non_unique, 'index', 'unique'),
        group_concat(column_name order by seq_in_index))
      from information_schema.statistics where table_schema = database()
      group by table_name, index_name, non_unique
    union all
    select k.table_name, concat_ws(' ', 'foreign', k.column_name, k.referenced_table_name,
        k.referenced_column_name, r.delete_rule, r.update_rule)
      from information_schema.key_column_usage k
      join information_schema.referential_constraints r
        on r.constraint_schema = k.constraint_schema and r.constraint_name = k.constraint_name
      where k.table_schema = database() and k.referenced_table_name is not null
    union all
    select table_name, concat_ws(' ', 'engine', engine, table_collation)
      from information_schema.tables where table_schema = database()
    order by 1, 2`.execute(db);
  const tables: Record<string, string[]> = {};
  for (const { name, line } of lines.rows) (tables[name] ??= []).push(line);
  return tables;
}
