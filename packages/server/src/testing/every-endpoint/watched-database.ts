import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openDatabase, type OpenDatabase } from '../../db/database.ts';
import { migrate } from '../../db/migrate.ts';

/** A database of which one can tell whether something was committed since one last asked. */
export interface WatchedDatabase extends OpenDatabase {
  changed(): boolean;
}

/** A migrated SQLite database in a file: a second connection sees what was committed, and only that. */
export async function openWatchedDatabase(): Promise<WatchedDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'dialtone-watched-'));
  const file = join(folder, 'dialtone.db');
  const database = openDatabase(`sqlite:${file}`);
  await migrate(database);
  const witness = new DatabaseSync(file);
  const version = witness.prepare('pragma data_version');
  let known: unknown;
  return {
    ...database,
    changed: () => {
      const before = known;
      known = version.get()?.['data_version'];
      return known !== before;
    },
    close: async () => {
      witness.close();
      await database.close();
      await rm(folder, { recursive: true });
    },
  };
}
