import { existsSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { type Program, startProgram } from './program.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { waitUntil } from './wait-until.ts';

type Transport = 'udp' | 'tcp';

/** sipp as a server that follows a scenario, call after call (a call: one Call-ID). */
export interface SippServer extends AsyncDisposable {
  readonly port: number;
  /** Resolves when all calls went as the scenario says. @throws Error with what was unexpected */
  finished(): Promise<void>;
  /** Ends it at once; its connections are cut. */
  kill(): Promise<void>;
}

interface SippServerOptions {
  /** Name of a file in `fixtures/sipp`, without `.xml`. */
  readonly scenario: string;
  readonly transport?: Transport;
  readonly port?: number;
  /** Calls after which it ends; default 1. */
  readonly calls?: number;
  /** Values of `[name]` in the scenario. */
  readonly keys?: Readonly<Record<string, string>>;
  /**
   * Whether a request that comes again over UDP is a message of the scenario, too. Default: sipp
   * repeats its last answer, so that a busy machine does not get ahead of the scenario.
   */
  readonly hearsRepetitions?: boolean;
}

interface SippClientOptions {
  /** Name of a file in `fixtures/sipp`, without `.xml`. */
  readonly scenario: string;
  readonly transport?: Transport;
  /** Port on loopback to call. */
  readonly target: number;
  /** Lines of the users file: `[field0]`, `[field1]`… of each call. */
  readonly users: readonly (readonly string[])[];
  /** New calls a second; default 1000. */
  readonly rate?: number;
  /** Calls at once; default no limit. */
  readonly inFlight?: number;
  /** Default: one for each user. */
  readonly calls?: number;
  /** Hears the process id when it runs. */
  readonly onStarted?: (pid: number) => void;
}

const SIPP = '/usr/bin/sipp';

/** One socket, or one TCP connection for all calls. */
const TRANSPORT_FLAGS: Readonly<Record<Transport, string>> = { udp: 'u1', tcp: 't1' };

/** `-name value` options; sipp's own flags come with them. */
function sippArguments(
  scenario: string,
  transport: Transport,
  folder: string,
  options: Readonly<Record<string, string | number>>,
): string[] {
  const values: Readonly<Record<string, string | number>> = {
    '-sf': join(import.meta.dirname, '../fixtures/sipp', `${scenario}.xml`),
    '-t': TRANSPORT_FLAGS[transport],
    '-i': '127.0.0.1',
    '-timeout': '20s',
    '-error_file': join(folder, 'errors.log'),
    ...options,
  };
  return [
    ...Object.entries(values).flatMap(([name, value]) => [name, String(value)]),
    '-nostdin',
    '-timeout_error',
    '-trace_err',
  ];
}

async function assertSuccess(program: Program, scenario: string, folder: string): Promise<void> {
  const code = await program.ended;
  if (code === 0) return;
  const file = join(folder, 'errors.log');
  const errors = existsSync(file) ? readFileSync(file, 'utf8') : program.output().slice(-4000);
  throw new Error(`sipp ${scenario} ended with ${code}:\n${errors}`);
}

/** Whether this very program has bound the port, as the kernel lists it: another may have been quicker. */
function hasBound({ pid }: Program, port: number, transport: Transport): boolean {
  const local = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const sockets = readFileSync(`/proc/net/${transport}`, 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1] === local)
    .map((fields) => `socket:[${fields[INODE_FIELD]}]`);
  return sockets.length > 0 && openFiles(pid).some((file) => sockets.includes(file));
}

/** Column of `/proc/net/udp` and `tcp`. */
const INODE_FIELD = 9;

function openFiles(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).flatMap((name) => {
    try {
      return [readlinkSync(join(folder, name))];
    } catch {
      return []; // closed meanwhile
    }
  });
}

/** Starts sipp as a server. */
export async function startSippServer(options: SippServerOptions): Promise<SippServer> {
  const { scenario, transport = 'udp', calls = 1, keys = {}, hearsRepetitions = false } = options;
  const port = options.port ?? (await freePort());
  const folder = temporaryFolder('sipp');
  const program = startProgram(
    SIPP,
    [
      ...sippArguments(scenario, transport, folder.path, { '-p': port, '-m': calls }),
      ...(hearsRepetitions ? ['-nr'] : []),
      ...Object.entries(keys).flatMap(([name, value]) => ['-key', name, value]),
    ],
    { cwd: folder.path },
  );
  await waitUntil('sipp has opened its port', () => {
    if (!program.running) throw new Error(`sipp ended:\n${program.output()}`);
    return hasBound(program, port, transport) || undefined;
  });
  return {
    port,
    finished: () => assertSuccess(program, scenario, folder.path),
    kill: () => program.kill(),
    [Symbol.asyncDispose]: async () => {
      await program.kill();
      folder[Symbol.dispose]();
    },
  };
}

/** Lets sipp make one call per user. @throws Error when one does not go as the scenario says */
export async function runSippClient(options: SippClientOptions): Promise<void> {
  const { scenario, transport = 'udp', target, users } = options;
  const { rate = 1000, inFlight, calls = users.length } = options;
  using folder = temporaryFolder('sipp');
  const file = join(folder.path, 'users.csv');
  writeFileSync(file, ['SEQUENTIAL', ...users.map((fields) => fields.join(';')), ''].join('\n'));
  const values = {
    '-p': await freePort(),
    '-m': calls,
    '-r': rate,
    '-inf': file,
    ...(inFlight !== undefined && { '-l': inFlight }),
  };
  const program = startProgram(
    SIPP,
    [`127.0.0.1:${target}`, ...sippArguments(scenario, transport, folder.path, values)],
    { cwd: folder.path },
  );
  options.onStarted?.(program.pid);
  await assertSuccess(program, scenario, folder.path);
}
