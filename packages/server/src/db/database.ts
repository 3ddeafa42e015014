import { Kysely } from 'kysely';
import { parseDatabaseUrl, type Engine } from './database-url.ts';
import { mysqlDialect } from './mysql.ts';
import { postgresDialect } from './postgres.ts';
import type { Database } from './schema.ts';
import { sqliteDialect } from './sqlite.ts';

export type { Database } from './schema.ts';

/** The query builder; a transaction is one too (transaction.ts). */
export type Db = Kysely<Database>;

/** A pool of connections and what it talks to. */
export interface OpenDatabase {
  readonly db: Db;
  readonly engine: Engine;
  /** Closes every connection; queries afterwards fail. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the database of `url` (database-url.ts). Connections are made when first needed, so a server
 * that is down shows at the first query; `migrate` creates or completes the schema.
 * @throws DatabaseUrlError
 */
export function openDatabase(url: string): OpenDatabase {
  const target = parseDatabaseUrl(url);
  const dialect =
    target.engine === 'sqlite'
      ? sqliteDialect(target.location)
      : target.engine === 'mysql'
        ? mysqlDialect(target.url)
        : postgresDialect(target.url);
  const db = new Kysely<Database>({ dialect });
  return { db, engine: target.engine, close: () => db.destroy() };
}
