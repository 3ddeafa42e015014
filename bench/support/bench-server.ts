import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createSpace, readConfig, startServer } from '@dialtone/server';
import { temporaryFolder } from '../../interop/support/temporary-folder.ts';
import { DOMAIN } from './sip-accounts.ts';

/** A Dialtone server in a process of its own. */
export interface BenchServer extends AsyncDisposable {
  readonly database: string;
  readonly sipPort: number;
  readonly pid: number;
}

interface Started {
  readonly sipPort: number;
}

async function serve(folder: string): Promise<void> {
  const server = await startServer(
    readConfig({
      DIALTONE_DATABASE: `sqlite:${join(folder, 'dialtone.db')}`,
      DIALTONE_DATA: folder,
      DIALTONE_HOST: '127.0.0.1',
      DIALTONE_PORT: '0',
      DIALTONE_SIP_HOST: '127.0.0.1',
      DIALTONE_SIP_PORT: '0',
      DIALTONE_LOG_LEVEL: 'error',
    }),
  );
  const digest = { defaultPasswordAlgorithm: 'MD5' } as const;
  await createSpace(server.platform, { domain: DOMAIN, host: '127.0.0.1', name: 'Bench', digest });
  const sipPort = Number(server.sipUrl?.split(':').at(-1) ?? 0);
  process.send?.({ sipPort } satisfies Started);
  await once(process, 'message');
  await server.close();
  process.disconnect();
}

function startedBy(child: ChildProcess): Promise<Started> {
  return new Promise((resolve, reject) => {
    child.once('message', resolve).once('exit', () => reject(new Error('the server ended')));
  });
}

/** Starts it with one space on SQLite. `execArgv`: options of Node, for profiles. */
export async function startBenchServer(execArgv: readonly string[] = []): Promise<BenchServer> {
  const folder = temporaryFolder('bench');
  const child = fork(new URL(import.meta.url), [folder.path], { execArgv: [...execArgv] });
  const { sipPort } = await startedBy(child);
  return {
    database: join(folder.path, 'dialtone.db'),
    sipPort,
    pid: child.pid ?? 0,
    [Symbol.asyncDispose]: async () => {
      child.send('end');
      await once(child, 'exit');
      folder[Symbol.dispose]();
    },
  };
}

const [, , folder] = process.argv;
if (import.meta.main && folder !== undefined) await serve(folder);
