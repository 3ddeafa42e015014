import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { accessSync, constants, globSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A database server of our own, in a directory of its own. */
export interface DatabaseServer {
  /** URL of the database `name` on it. */
  databaseUrl(name: string): string;
  /** Ends the process at once; nothing in it is worth keeping. */
  stop(): Promise<void>;
}

/**
 * Path of a program in PATH or in one of the further folders (glob patterns).
 * @throws an error that says which Debian package has it: a missing server is a failure, not a skipped test
 */
export function findProgram(name: string, debianPackage: string, folders: string[] = []): string {
  const path = (process.env['PATH'] ?? '').split(delimiter);
  const found = [
    ...path,
    '/usr/sbin',
    ...folders.flatMap((pattern) => globSync(pattern).toSorted()),
  ]
    .map((folder) => join(folder, name))
    .findLast(isExecutable);
  if (found === undefined) {
    throw new Error(`${name} is missing; install it: apt-get install ${debianPackage}`);
  }
  return found;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Numeric ids of a system user, for servers that refuse to run as root. */
export function systemUser(name: string): { uid: number; gid: number } {
  const id = (option: string): number =>
    Number(execFileSync('id', [option, name], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** A running child; `output` is what it printed so far. */
export interface ServerProcess {
  readonly child: ChildProcess;
  output(): string;
  stop(signal: NodeJS.Signals): Promise<void>;
}

export function startProcess(
  program: string,
  args: string[],
  user: { uid: number; gid: number } | undefined,
): ServerProcess {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...user });
  let output = '';
  const collect = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-4000);
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const exited = new Promise<void>((resolve) => {
    child.on('close', () => resolve());
  });
  return {
    child,
    output: () => output,
    stop: async (signal) => {
      child.kill(signal);
      await exited;
    },
  };
}

/**
 * Waits until `isReady` no longer throws.
 * @throws the last error with the output of the server, when it ends or 20 s have passed
 */
export async function waitUntilReady(
  server: ServerProcess,
  isReady: () => Promise<unknown>,
): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    try {
      await isReady();
      return;
    } catch (error) {
      if (server.child.exitCode !== null || Date.now() > deadline) {
        throw new Error(`database server did not start: ${server.output()}`, { cause: error });
      }
    }
    await sleep(20);
  }
}
