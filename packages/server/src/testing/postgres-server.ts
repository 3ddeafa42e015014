import { execFileSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import {
  type DatabaseServer,
  findProgram,
  startProcess,
  systemUser,
  waitUntilReady,
} from './server-process.ts';

/**
 * A private PostgreSQL in `folder` (which exists and is empty), reachable by a socket there, and on
 * 127.0.0.1 when `port` is given. User `dialtone` without password. Nothing is synced to disk.
 * PostgreSQL refuses root: then it runs as the system user `postgres`.
 */
export async function startPostgres(folder: string, port?: number): Promise<DatabaseServer> {
  const data = join(folder, 'data');
  const binaries = ['/usr/lib/postgresql/*/bin'];
  const initdb = findProgram('initdb', 'postgresql', binaries);
  const program = findProgram('postgres', 'postgresql', binaries);
  const user = process.getuid?.() === 0 ? systemUser('postgres') : undefined;
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  execFileSync(
    initdb,
    ['-D', data, '-N', '-A', 'trust', '-U', 'dialtone', '-E', 'UTF8', '--locale=C.UTF-8'],
    { stdio: 'pipe', cwd: folder, ...user },
  );
  const server = startProcess(
    program,
    [
      ['-D', data],
      ['-k', folder],
      ['-c', `listen_addresses=${port === undefined ? '' : '127.0.0.1'}`],
      ['-p', String(port ?? 5432)],
      ['-c', 'fsync=off'],
      ['-c', 'full_page_writes=off'],
      ['-c', 'synchronous_commit=off'],
      ['-c', 'max_connections=300'],
      ['-c', 'deadlock_timeout=20ms'],
      ['-c', 'shared_buffers=32MB'],
    ].flat(),
    user,
  );
  const databaseUrl = (name: string): string =>
    `postgres://dialtone@localhost:${port ?? 5432}/${name}?host=${encodeURIComponent(folder)}`;
  await waitUntilReady(server, async () => {
    const client = new Client({ connectionString: databaseUrl('postgres') });
    await client.connect();
    await client.end();
  });
  return { databaseUrl, stop: () => server.stop('SIGQUIT') };
}
