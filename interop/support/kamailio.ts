import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';
import { startProgram } from './program.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { waitUntil } from './wait-until.ts';

const run = promisify(execFile);

/** A Kamailio registrar that checks digests against an accounts database. */
export interface Kamailio extends AsyncDisposable {
  /** UDP and TCP. */
  readonly port: number;
  /** TLS; 0 without certificate. */
  readonly tlsPort: number;
  /** Its bindings as `kamcmd ul.dump` prints them. */
  bindings(): Promise<string>;
  readonly output: string;
}

interface KamailioOptions {
  /** SQLite file with the accounts tables (and the subscriber views, unless `dual`). */
  readonly database: string;
  /** Which algorithm it asks for. `dual` offers SHA-256, then MD5. */
  readonly algorithm?: 'MD5' | 'SHA-256' | 'dual';
  /** Its port, when something must know it before it starts; default: any that is free. */
  readonly port?: number;
  readonly tls?: { readonly certificateFile: string; readonly keyFile: string };
}

const define = (name: string, value: string): string[] => ['-A', `${name}="${value}"`];

const ALGORITHM_ARGUMENTS = {
  MD5: [],
  'SHA-256': ['-A', 'WITH_SHA256=1'],
  dual: ['-A', 'WITH_DUAL=1'],
} as const;

/** Starts Debian's Kamailio in the foreground on a loopback port of its own. */
export async function startKamailio(options: KamailioOptions): Promise<Kamailio> {
  const { database, algorithm = 'dual', tls } = options;
  const folder = temporaryFolder('kamailio');
  const port = options.port ?? (await freePort());
  const tlsPort = tls === undefined ? 0 : await freePort();
  const control = `unix:${join(folder.path, 'ctl.sock')}`;
  const tlsArguments =
    tls === undefined
      ? []
      : [
          '-A',
          'WITH_TLS=1',
          '-l',
          `tls:127.0.0.1:${tlsPort}`,
          ...define('CERT', tls.certificateFile),
          ...define('KEY', tls.keyFile),
        ];
  const program = startProgram('/usr/sbin/kamailio', [
    '-f',
    join(import.meta.dirname, '../fixtures/kamailio.cfg'),
    // In the foreground, errors to stderr, little memory.
    '-DD',
    '-E',
    '-m',
    '64',
    '-M',
    '8',
    '-l',
    `udp:127.0.0.1:${port}`,
    '-l',
    `tcp:127.0.0.1:${port}`,
    '-w',
    folder.path,
    '-Y',
    folder.path,
    '-P',
    join(folder.path, 'kamailio.pid'),
    ...define('DB_URL', `sqlite:///${database}`),
    ...define('SQLCON', `ca=>sqlite:///${database}`),
    ...define('CTL', control),
    ...ALGORITHM_ARGUMENTS[algorithm],
    ...tlsArguments,
  ]);
  const command = async (...words: string[]): Promise<string> =>
    (await run('/usr/sbin/kamcmd', ['-s', control, ...words])).stdout;

  await waitUntil('kamailio answers its control tool', async () => {
    if (!program.running) throw new Error(`kamailio ended:\n${program.output()}`);
    return command('core.version').catch(() => undefined);
  });
  return {
    port,
    tlsPort,
    bindings: () => command('ul.dump'),
    get output() {
      return program.output();
    },
    [Symbol.asyncDispose]: async () => {
      await program.stop();
      folder[Symbol.dispose]();
    },
  };
}
