import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

/** A running program of another project. */
export interface Program {
  /** What it wrote so far, both streams. */
  output(): string;
  readonly running: boolean;
  readonly pid: number;
  /** Resolves when it has ended. */
  readonly ended: Promise<number | null>;
  /** Ends it: politely, after a second by force. */
  stop(): Promise<void>;
  /** Ends it by force. */
  kill(): Promise<void>;
}

interface ProgramOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

// Nothing that a test started may outlive it, whatever happens.
const running = new Set<() => void>();
process.on('exit', () => {
  for (const kill of running) kill();
});

/** Starts a program that the test depends on; one that is missing fails the test. */
export function startProgram(
  path: string,
  args: readonly string[],
  { env = {}, cwd }: ProgramOptions = {},
): Program {
  if (!existsSync(path)) throw new Error(`${path} is missing; "npm test" as root installs it`);
  const child = spawn(path, [...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    ...(cwd === undefined ? {} : { cwd }),
  });
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  }
  const kill = (): void => void child.kill('SIGKILL');
  running.add(kill);
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', (code) => {
      running.delete(kill);
      resolve(code);
    });
  });
  return {
    output: () => chunks.join(''),
    get running() {
      return child.exitCode === null && child.signalCode === null;
    },
    pid: child.pid ?? 0,
    ended,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const force = setTimeout(kill, 1000);
      await ended;
      clearTimeout(force);
    },
    kill: async () => {
      kill();
      await ended;
    },
  };
}
