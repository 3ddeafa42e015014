import { sql } from 'kysely';
import { famTables } from './fam-2-1/tables.ts';
import type { Migration } from './support/migration.ts';
import { createTable, dropTable } from './support/table.ts';

/** The schema of Flexisip Account Manager 2.1 (database.md). A database that has it keeps its tables as they are. */
export const fam21: Migration = {
  name: '20250101000000-fam-2-1',
  async up(context) {
    if (context.engine === 'postgres') {
      await sql`create extension if not exists citext`.execute(context.db);
    }
    for (const table of famTables) await createTable(context, table);
  },
  async down(context) {
    const spaces = await sql`select id from spaces limit 1`.execute(context.db);
    if (spaces.rows.length > 0) throw new Error('refusing to drop tables that hold spaces');
    for (const table of famTables.toReversed()) await dropTable(context, table);
  },
};
