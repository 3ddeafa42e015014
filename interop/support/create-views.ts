import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';

/** Does what `dialtone config kamailio` prints for the database. */
export async function createViews(database: string): Promise<void> {
  const command = join(import.meta.dirname, '../../bin/dialtone');
  const { stdout } = await promisify(execFile)(command, [
    'config',
    'kamailio',
    '--database',
    `sqlite:${database}`,
  ]);
  const sql = stdout.slice(stdout.indexOf('CREATE VIEW'), stdout.indexOf('# kamailio.cfg'));
  const connection = new DatabaseSync(database);
  connection.exec(sql);
  connection.close();
}
