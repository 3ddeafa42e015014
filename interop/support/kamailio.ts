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
  /** Of its first process. */
  readonly pid: number;
}

interface KamailioOptions {
  /** SQLite file with the accounts tables (and the subscriber views, unless `dual`). */
  readonly database: string;
  /** Which algorithm it asks for. `dual` offers SHA-256, then MD5. */
  readonly algorithm?: 'MD5' | 'SHA-256' | 'dual';
  /** Its port, when something must know it before it starts; default: any that is free. */
  readonly port?: number;
  readonly tls?: { readonly certificateFile: string; readonly keyFile: string };
  /** Speaks SIP over WebSocket on its TCP port, too. */
  readonly websocket?: boolean;
  /** Only an edge: hands registrations on to this URI, with itself as Path. */
  readonly registrar?: string;
  /** Where requests to its contacts go: the registrar through which those are reached. */
  readonly master?: string;
}

const ALGORITHM_FLAGS = { MD5: [], 'SHA-256': ['SHA256'], dual: ['DUAL'] } as const;

/** Every `-A` of the configuration file. */
function definitions(options: KamailioOptions, control: string): string[] {
  const { database, algorithm = 'dual', tls, websocket = false, registrar, master } = options;
  const flags: string[] = [...ALGORITHM_FLAGS[algorithm]];
  const values: Record<string, string> = {
    DB_URL: `sqlite:///${database}`,
    SQLCON: `ca=>sqlite:///${database}`,
    CTL: control,
  };
  if (websocket) flags.push('WEBSOCKET');
  if (tls !== undefined) {
    flags.push('TLS');
    Object.assign(values, { CERT: tls.certificateFile, KEY: tls.keyFile });
  }
  if (registrar !== undefined) {
    flags.push('EDGE');
    values['REGISTRAR'] = registrar;
  }
  if (master !== undefined) {
    flags.push('MASTER');
    values['MASTER'] = master;
  }
  return [
    ...flags.map((flag) => `WITH_${flag}=1`),
    ...Object.entries(values).map(([name, value]) => `${name}="${value}"`),
  ].flatMap((definition) => ['-A', definition]);
}

/** Starts Debian's Kamailio in the foreground on a loopback port of its own. */
export async function startKamailio(options: KamailioOptions): Promise<Kamailio> {
  const folder = temporaryFolder('kamailio');
  const port = options.port ?? (await freePort());
  const tlsPort = options.tls === undefined ? 0 : await freePort();
  const control = `unix:${join(folder.path, 'ctl.sock')}`;
  const listen = [`udp:127.0.0.1:${port}`, `tcp:127.0.0.1:${port}`];
  if (tlsPort !== 0) listen.push(`tls:127.0.0.1:${tlsPort}`);
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
    ...listen.flatMap((address) => ['-l', address]),
    '-w',
    folder.path,
    '-Y',
    folder.path,
    '-P',
    join(folder.path, 'kamailio.pid'),
    ...definitions(options, control),
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
    pid: program.pid,
    [Symbol.asyncDispose]: async () => {
      await program.stop();
      folder[Symbol.dispose]();
    },
  };
}
