import { DatabaseSync } from 'node:sqlite';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const command = join(import.meta.dirname, '../../bin/dialtone');

/** What `dialtone config kamailio` prints for the database. */
export async function kamailioPart(
  database: string,
  part: 'views' | 'configuration',
): Promise<string> {
  const args = ['config', 'kamailio', '--only', part, '--database', `sqlite:${database}`];
  return (await promisify(execFile)(command, args)).stdout;
}

/** Makes the views of which Kamailio reads the accounts. */
export async function createViews(database: string): Promise<void> {
  const views = await kamailioPart(database, 'views');
  using connection = new DatabaseSync(database);
  connection.exec(views);
}
