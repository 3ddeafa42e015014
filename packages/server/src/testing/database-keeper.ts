/**
 * Program: `database-keeper.ts FOLDER OWNER-PID`. Starts the servers, writes `FOLDER/ready.json` (or
 * `failed.txt`), and takes everything down when the owner, the test run, has ended in whatever way.
 */
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startMariaDb } from './mariadb-server.ts';
import { startPostgres } from './postgres-server.ts';
import type { DatabaseServer } from './server-process.ts';

const [folder = '', owner = ''] = process.argv.slice(2);

async function startServer(
  name: string,
  start: (folder: string) => Promise<DatabaseServer>,
): Promise<DatabaseServer> {
  const own = join(folder, name);
  mkdirSync(own);
  return await start(own);
}

/** Appears whole or not at all. */
function publish(file: string, content: string): void {
  const temporary = join(folder, `${file}.new`);
  writeFileSync(temporary, content);
  renameSync(temporary, join(folder, file));
}

function ownerLives(): boolean {
  try {
    process.kill(Number(owner), 0);
    return true;
  } catch {
    return false;
  }
}

const started = await Promise.allSettled([
  startServer('m', startMariaDb),
  startServer('p', startPostgres),
]);
const servers = started.filter((result) => result.status === 'fulfilled').map(({ value }) => value);
const [mysql, postgres] = started;
if (mysql.status === 'fulfilled' && postgres.status === 'fulfilled') {
  publish(
    'ready.json',
    JSON.stringify({
      mysql: mysql.value.databaseUrl('{name}'),
      postgres: postgres.value.databaseUrl('{name}'),
    }),
  );
} else {
  const reasons = started.flatMap((result) =>
    result.status === 'rejected' ? [String(result.reason)] : [],
  );
  publish('failed.txt', reasons.join('\n'));
}

const watch = setInterval(() => {
  if (ownerLives()) return;
  clearInterval(watch);
  void shutDown();
}, 250);

async function shutDown(): Promise<void> {
  await Promise.allSettled(servers.map((server) => server.stop()));
  rmSync(folder, { recursive: true, force: true });
}
