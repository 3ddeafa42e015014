import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type QueryResult,
  type SqliteDatabase,
  type SqliteStatement,
} from 'kysely';
import type { Db } from './database.ts';

/** Prepared statements kept per connection; the application has a few hundred distinct texts. */
const maxCachedStatements = 500;

/**
 * Durability: WAL with `synchronous=FULL` syncs the log at every commit, so an acknowledged commit
 * survives kill -9 and power loss; `NORMAL` would survive only the former (docs/database.md).
 */
const pragmas = `
  pragma journal_mode = wal;
  pragma synchronous = full;
  pragma foreign_keys = on;
  pragma busy_timeout = 5000;
`;

/** Kysely's SQLite dialect over `node:sqlite`. `location` is a file path or `:memory:`. */
export function sqliteDialect(location: string): Dialect {
  const file = new SqliteFile(location);
  return {
    createDriver: () => new ImmediateSqliteDriver({ database: async () => file.open() }),
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
  { sql, query }: CompiledQuery<Row>,
  parameters: readonly unknown[],
): QueryResult<Row> | undefined {
  const { adapter } = db.getExecutor();
  if (!(adapter instanceof FileAdapter)) return undefined;
  const { file } = adapter;
  const free = db.isTransaction || (!file.inTransaction && query.kind === 'SelectQueryNode');
  return free ? file.run(sql, parameters) : undefined;
}

/**
 * Takes the write lock when a transaction begins. A deferred transaction that reads first and writes
 * later fails at once with SQLITE_BUSY when another process (the command line beside the server) has
 * written in between; an immediate one waits its turn.
 */
class ImmediateSqliteDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
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

/** The one connection to a database file, with its prepared statements. */
class SqliteFile {
  readonly #location: string;
  readonly #statements = new Map<string, SqliteStatement>();
  #database: DatabaseSync | undefined;

  constructor(location: string) {
    this.#location = location;
  }

  /** Opens the file for Kysely, which asks once. */
  open(): SqliteDatabase {
    const database = new DatabaseSync(this.#location);
    database.exec(pragmas);
    this.#database = database;
    return {
      prepare: (text) => this.#prepare(database, text),
      close: () => {
        this.#database = undefined;
        this.#statements.clear();
        database.close();
      },
    };
  }

  /** Whether a transaction is open, whoever's it is. */
  get inTransaction(): boolean {
    return this.#database?.isTransaction ?? false;
  }

  /** Runs one statement; undefined while the file is not open. */
  run<Row>(text: string, parameters: readonly unknown[]): QueryResult<Row> | undefined {
    if (this.#database === undefined) return undefined;
    const statement = this.#prepare(this.#database, text);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what Kysely's own driver promises of rows
    if (statement.reader) return { rows: statement.all(parameters) as Row[] };
    return { rows: [], numAffectedRows: BigInt(statement.run(parameters).changes) };
  }

  #prepare(database: DatabaseSync, text: string): SqliteStatement {
    const cached = this.#statements.get(text);
    if (cached !== undefined) return cached;
    const statement = adaptStatement(database, text);
    const [oldest] = this.#statements.keys();
    if (this.#statements.size >= maxCachedStatements && oldest !== undefined) {
      this.#statements.delete(oldest);
    }
    this.#statements.set(text, statement);
    return statement;
  }
}

function adaptStatement(database: DatabaseSync, text: string): SqliteStatement {
  const statement: StatementSync = database.prepare(text);
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...bindable(parameters)),
    run: (parameters) => statement.run(...bindable(parameters)),
    // An open cursor must not be reset by the next query of the same text: it gets its own statement.
    iterate: (parameters) => database.prepare(text).iterate(...bindable(parameters)),
  };
}

/** Row types allow only what SQLite binds; node:sqlite itself refuses anything else. */
function bindable(parameters: readonly unknown[]): SQLInputValue[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked by node:sqlite at run time
  return parameters as SQLInputValue[];
}
