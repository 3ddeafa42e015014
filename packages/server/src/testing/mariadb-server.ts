import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import {
  type DatabaseServer,
  findProgram,
  startProcess,
  waitUntilReady,
} from './server-process.ts';

/**
 * A private MariaDB in `folder` (which exists and is empty), reachable by a socket there, and on
 * 127.0.0.1 when `port` is given. User `root` without password. Nothing is synced to disk.
 */
export async function startMariaDb(folder: string, port?: number): Promise<DatabaseServer> {
  const data = join(folder, 'data');
  const socket = join(folder, 'mariadb.sock');
  const isRoot = process.getuid?.() === 0;
  const asRoot = isRoot ? ['--user=root'] : [];
  const install = findProgram('mariadb-install-db', 'mariadb-server');
  const program = findProgram('mariadbd', 'mariadb-server');
  // Of its own: a server that starts removes temporary tables that others have in a common one.
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  execFileSync(
    install,
    [
      '--no-defaults',
      ...asRoot,
      `--datadir=${data}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      '--skip-name-resolve',
      `--tmpdir=${temporary}`,
    ],
    { stdio: 'pipe' },
  );
  const server = startProcess(
    program,
    [
      '--no-defaults',
      ...asRoot,
      `--datadir=${data}`,
      `--socket=${socket}`,
      `--tmpdir=${temporary}`,
      `--pid-file=${join(folder, 'mariadb.pid')}`,
      ...(port === undefined
        ? ['--skip-networking']
        : ['--bind-address=127.0.0.1', `--port=${port}`]),
      '--innodb-flush-log-at-trx-commit=0',
      '--innodb-doublewrite=0',
      '--innodb-buffer-pool-size=64M',
      '--skip-log-bin',
      '--max-connections=300',
    ],
    undefined,
  );
  await waitUntilReady(server, async () => {
    const connection = await createConnection({ socketPath: socket, user: 'root' });
    await connection.end();
  });
  return {
    databaseUrl: (name) =>
      `mysql://root@localhost/${name}?socketPath=${encodeURIComponent(socket)}`,
    stop: () => server.stop('SIGKILL'),
  };
}
