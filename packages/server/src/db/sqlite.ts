import {
  type CompiledQuery,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type Dialect,
  type QueryResult,
} from 'kysely';
import type { Db } from './database.ts';
import { type Durability, SqliteFile } from './sqlite-file.ts';

export type { Durability } from './sqlite-file.ts';

/** Kysely's SQLite dialect over `node:sqlite`. `location` is a file path or `:memory:`. */
export function sqliteDialect(location: string): Dialect {
  const file = new SqliteFile(location);
  return {
    createDriver: () => new FileDriver(file),
    createAdapter: () => new FileAdapter(file),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

/**
 * Runs a compiled query at once when nothing stands against it: SQLite answers in this very thread,
 * and Kysely's queue for the connection costs several times what most answers do. Undefined when the
 * query has to queue: on other engines, while somebody else's transaction is open, and for writes
 * outside of transactions, whose durability the queue decides (relaxed-write.ts).
 * @throws the driver's error
 */
export function runNow<Row>(
  db: Db,
  { sql, query, parameters }: CompiledQuery<Row>,
): QueryResult<Row> | undefined {
  const file = fileOf(db);
  if (file === undefined) return undefined;
  const free = db.isTransaction || (!file.inTransaction && query.kind === 'SelectQueryNode');
  return free ? file.run(sql, parameters) : undefined;
}

/**
 * Runs chains of compiled writes (statement-chain.ts) at once as one commit. Undefined when they have to
 * queue: on other engines and while a transaction is open.
 * @throws the driver's error; then none of them is done
 */
export function commitChainsNow(
  db: Db,
  chains: readonly (readonly CompiledQuery[])[],
  durability: Durability,
): QueryResult<unknown>[][] | undefined {
  return db.isTransaction ? undefined : fileOf(db)?.runChains(chains, durability);
}

/**
 * Differs from an earlier answer once anything in the given tables (default: in the database) may
 * have changed, whoever changed it: what was read under the same version is still true. Undefined
 * while a transaction is open, and on other engines, where it would cost as much as a query.
 */
export function versionOf(
  db: Db,
  tables?: readonly string[],
): number | undefined | Promise<number | undefined> {
  return db.isTransaction ? undefined : fileOf(db)?.version(tables);
}

/** The file of a database on SQLite. */
export function fileOf(db: Db): SqliteFile | undefined {
  const { adapter } = db.getExecutor();
  return adapter instanceof FileAdapter ? adapter.file : undefined;
}

/**
 * Takes the write lock when a transaction begins. A deferred transaction that reads first and writes
 * later fails at once with SQLITE_BUSY when another process (the command line beside the server) has
 * written in between; an immediate one waits its turn.
 */
class FileDriver extends SqliteDriver {
  readonly #file: SqliteFile;

  constructor(file: SqliteFile) {
    super({ database: async () => file.open() });
    this.#file = file;
  }

  override async beginTransaction(): Promise<void> {
    this.#file.begin();
  }

  override async commitTransaction(): Promise<void> {
    this.#file.commit();
  }

  override async rollbackTransaction(): Promise<void> {
    this.#file.rollback();
  }
}

/** SQLite rolls back DDL like anything else, so a migration run is one transaction, and so exclusive. */
class FileAdapter extends SqliteAdapter {
  readonly file: SqliteFile;

  constructor(file: SqliteFile) {
    super();
    this.file = file;
  }

  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}
