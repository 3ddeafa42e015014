import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type SqliteDatabase,
  type SqliteStatement,
} from 'kysely';

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
  return {
    createDriver: () => new ImmediateSqliteDriver({ database: async () => openSqlite(location) }),
    createAdapter: () => new TransactionalDdlSqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
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
class TransactionalDdlSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function openSqlite(location: string): SqliteDatabase {
  const database = new DatabaseSync(location);
  database.exec(pragmas);
  const statements = new Map<string, SqliteStatement>();
  return {
    close: () => {
      statements.clear();
      database.close();
    },
    prepare(text) {
      const cached = statements.get(text);
      if (cached !== undefined) return cached;
      const statement = adaptStatement(database, text);
      const [oldest] = statements.keys();
      if (statements.size >= maxCachedStatements && oldest !== undefined) {
        statements.delete(oldest);
      }
      statements.set(text, statement);
      return statement;
    },
  };
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
