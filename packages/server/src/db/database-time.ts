import { sql } from 'kysely';
import type { OpenDatabase } from './database.ts';

/** What the clock of the database server says, in milliseconds since 1970; undefined for a file on this machine. */
export async function databaseTime({ db, engine }: OpenDatabase): Promise<number | undefined> {
  if (engine === 'sqlite') return undefined;
  const time =
    engine === 'mysql'
      ? sql<number>`unix_timestamp(now(3)) * 1000`
      : sql<number>`extract(epoch from clock_timestamp()) * 1000`;
  const { rows } = await sql<{ readonly ms: unknown }>`select ${time} as ms`.execute(db);
  return Number(rows[0]?.ms);
}
