import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sql } from 'kysely';
import { StartError } from '../errors/start-error.ts';
import { scrub } from '../log/redact.ts';
import { type OpenDatabase, openDatabase } from './database.ts';
import { databaseProblem } from './database-problem.ts';
import { parseDatabaseUrl } from './database-url.ts';

/**
 * Opens the database of `url` and asks it something; an SQLite file and its directory are made.
 * @throws DatabaseUrlError, StartError `database-unreachable` that says what to do
 */
export async function reachDatabase(url: string): Promise<OpenDatabase> {
  const target = parseDatabaseUrl(url);
  let database: OpenDatabase | undefined;
  try {
    if (target.engine === 'sqlite' && target.location !== ':memory:') {
      await keepPrivate(target.location);
    }
    database = openDatabase(url);
    await sql`select 1`.execute(database.db);
    return database;
  } catch (error) {
    await database?.close().catch(() => {});
    const { place, advice } = databaseProblem(url, error);
    const reason = scrub(error instanceof Error ? error.message || error.name : String(error));
    throw new StartError(
      'database-unreachable',
      `Cannot use the database (${place}): ${reason}\n${advice}`,
      { cause: error },
    );
  }
}

/**
 * Password hashes and keys are in the file: one that is made here is readable by nobody else, and SQLite
 * gives its log beside it the same rights.
 */
async function keepPrivate(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await (await open(file, 'a', 0o600)).close();
}
