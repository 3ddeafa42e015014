import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread } from 'node:worker_threads';
import { sql } from 'kysely';
import { openDatabase, type OpenDatabase } from '../db/database.ts';
import type { Engine } from '../db/database-url.ts';

/** URL patterns of the private servers; `{name}` stands for the database. */
type ServerUrls = Readonly<Record<'mysql' | 'postgres', string>>;

const startTimeoutMs = 30_000;

/** The test run, whose workers are its children or its threads; outside of vitest, this process. */
const ownerPid =
  isMainThread && process.env['VITEST_WORKER_ID'] !== undefined ? process.ppid : process.pid;

let urls: Promise<ServerUrls> | undefined;

/**
 * The URL of a new, empty database of that engine: in memory for SQLite, else on a private server that
 * the first test to ask for one starts and all test files of the run share (database-keeper.ts).
 * @throws an error that says what to install when a server is missing
 */
export async function createDatabase(engine: Engine): Promise<string> {
  if (engine === 'sqlite') return 'sqlite::memory:';
  urls ??= startServers();
  const pattern = (await urls)[engine];
  const name = `t_${randomBytes(8).toString('hex')}`;
  const administration = openDatabase(
    pattern.replace('{name}', engine === 'mysql' ? 'mysql' : 'postgres'),
  );
  await sql`create database ${sql.id(name)}`.execute(administration.db);
  await administration.close();
  return pattern.replace('{name}', name);
}

/** A new database without any table. */
export async function openEmptyDatabase(engine: Engine): Promise<OpenDatabase> {
  return openDatabase(await createDatabase(engine));
}

async function startServers(): Promise<ServerUrls> {
  const folder = join(memoryFolder(), `dialtone-test-${ownerPid}`);
  if (isFirst(folder)) {
    const keeper = join(import.meta.dirname, 'database-keeper.ts');
    spawn(process.execPath, [keeper, folder, String(ownerPid)], {
      detached: true,
      stdio: 'ignore',
    }).unref();
  }
  const deadline = Date.now() + startTimeoutMs;
  while (Date.now() < deadline) {
    const failed = join(folder, 'failed.txt');
    if (existsSync(failed)) throw new Error(readFileSync(failed, 'utf8'));
    const ready = join(folder, 'ready.json');
    if (existsSync(ready)) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by our own keeper
      return JSON.parse(readFileSync(ready, 'utf8')) as ServerUrls;
    }
    await sleep(20);
  }
  throw new Error(`the private database servers did not start within ${startTimeoutMs} ms`);
}

/** Creating a folder succeeds for one process only: that one starts the servers. */
function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Databases of tests live in memory where the system offers it. */
function memoryFolder(): string {
  try {
    accessSync('/dev/shm', constants.W_OK);
    return '/dev/shm';
  } catch {
    return tmpdir();
  }
}
