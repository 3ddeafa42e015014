import { openDatabase, type OpenDatabase } from '../db/database.ts';
import { migrate } from '../db/migrate.ts';

/** A migrated, empty SQLite database in memory; a few milliseconds. Close it when the test ends. */
export async function openTestDatabase(): Promise<OpenDatabase> {
  const open = openDatabase('sqlite::memory:');
  await migrate(open);
  return open;
}
