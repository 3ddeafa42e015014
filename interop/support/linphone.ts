import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startProgram } from './program.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { waitUntil } from './wait-until.ts';

/** Keeps the client on loopback and on ports of its own choice (real-clients.md §2). */
const LOOPBACK = `[sip]
bind_address=127.0.0.1
sip_port=-1
sip_tcp_port=-1
sip_tls_port=-1
use_ipv6=0
[net]
dns_srv_enabled=0
`;

/** Debian's `linphone-daemon`, driven over its socket. */
export interface Linphone extends AsyncDisposable {
  /** One command, one reply. */
  send(command: string): Promise<string>;
  /** Its configuration file as it is now. */
  readonly configuration: string;
  readonly output: string;
  /** Stops the client, which un-registers, and starts it again on the file it left. */
  restart(): Promise<void>;
  /** Stops the client, which un-registers. */
  quit(): Promise<void>;
}

interface LinphoneOptions {
  /** `linphonerc` lines added to those that keep it on loopback. */
  readonly config?: string;
}

let instances = 0;

const openSocket = (path: string): Promise<Socket | undefined> =>
  new Promise((resolve) => {
    const socket = connect(path, () => resolve(socket));
    socket.once('error', () => resolve(undefined));
  });

/** Starts the real client with a configuration of its own. */
export async function startLinphone({ config = '' }: LinphoneOptions = {}): Promise<Linphone> {
  const home = temporaryFolder('linphone');
  // Without this folder the client never leaves its start-up state.
  mkdirSync(join(home.path, '.local/share/linphone'), { recursive: true });
  const file = join(home.path, 'linphonerc');
  writeFileSync(file, `${LOOPBACK}${config}`);

  const launch = async () => {
    const pipe = `dialtone-${process.pid}-${++instances}`;
    const program = startProgram('/usr/bin/linphone-daemon', ['--config', file, '--pipe', pipe], {
      env: { HOME: home.path },
      cwd: home.path,
    });
    const socket = await waitUntil('linphone-daemon opens its socket', () =>
      openSocket(`/tmp/${pipe}`),
    );
    return { program, socket };
  };
  let current = await launch();

  const send = (command: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`linphone-daemon does not answer "${command}"`)),
        20_000,
      );
      current.socket.once('data', (data) => {
        clearTimeout(timer);
        resolve(data.toString());
      });
      current.socket.write(`${command}\n`);
    });

  const stop = async (): Promise<void> => {
    if (!current.program.running) return;
    const { program, socket } = current;
    await Promise.race([send('quit'), program.ended]);
    socket.destroy();
    // It un-registers first; one that hangs is ended.
    await Promise.race([program.ended, delay(5000, undefined, { ref: false })]);
    await program.stop();
  };

  return {
    send,
    get configuration() {
      return readFileSync(file, 'utf8');
    },
    get output() {
      return current.program.output();
    },
    quit: stop,
    restart: async () => {
      await stop();
      current = await launch();
    },
    [Symbol.asyncDispose]: async () => {
      await stop();
      home[Symbol.dispose]();
    },
  };
}

/** Waits for a registration state of account `id` (1, 2, … in the order of the configuration). */
export function registrationState(
  linphone: Linphone,
  id: number,
  wanted: readonly string[],
): Promise<string> {
  return waitUntil(`linphone account ${id} is ${wanted.join(' or ')}`, async () => {
    const reply = await linphone.send(`register-status ${id}`);
    const state = /State: LinphoneRegistration(\w+)/.exec(reply)?.[1];
    return state !== undefined && wanted.includes(state) ? state : undefined;
  });
}
