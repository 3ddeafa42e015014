import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { QueryResult, SqliteDatabase, SqliteStatement } from 'kysely';

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

/** The one connection to a database file, with its prepared statements. */
export class SqliteFile {
  readonly #location: string;
  readonly #statements = new Map<string, SqliteStatement>();
  #database: DatabaseSync | undefined;
  /** Statements run here that were not plain reads. */
  #writes = 0;

  /** @param location a file path or `:memory:` */
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

  /**
   * Differs from an earlier answer once anything was written in between, by this process or another
   * one (the command line, an administrator's tool). Undefined while a transaction is open or the file
   * is not.
   */
  version(): string | undefined {
    if (this.#database === undefined || this.inTransaction) return undefined;
    // It tells the commits of other connections only.
    const others = this.run<{ data_version: number }>('pragma data_version', []);
    return `${others?.rows[0]?.data_version} ${this.#writes}`;
  }

  #prepare(database: DatabaseSync, text: string): SqliteStatement {
    const cached = this.#statements.get(text);
    if (cached !== undefined) return cached;
    const statement = this.#adapt(database, text);
    const [oldest] = this.#statements.keys();
    if (this.#statements.size >= maxCachedStatements && oldest !== undefined) {
      this.#statements.delete(oldest);
    }
    this.#statements.set(text, statement);
    return statement;
  }

  #adapt(database: DatabaseSync, text: string): SqliteStatement {
    const statement = database.prepare(text);
    const reader = statement.columns().length > 0;
    const all = reader ? readRows(statement) : () => [];
    const counted = /^(?:select|pragma data_version)\b/i.test(text) ? 0 : 1;
    return {
      reader,
      all: (parameters) => {
        this.#writes += counted;
        return all(bindable(parameters));
      },
      run: (parameters) => {
        this.#writes += counted;
        return statement.run(...bindable(parameters));
      },
      // An open cursor must not be reset by the next query of the same text: it gets its own statement.
      iterate: (parameters) => database.prepare(text).iterate(...bindable(parameters)),
    };
  }
}

/**
 * Reads rows as lists and makes the objects here: node:sqlite would look up each column's name for
 * each row, and its objects are slow to read.
 */
function readRows(statement: StatementSync): (parameters: SQLInputValue[]) => unknown[] {
  statement.setReturnArrays(true);
  let names = columnNames(statement);
  const named = (values: readonly unknown[]): Record<string, unknown> => {
    // Another process may have added a column to the table.
    if (values.length !== names.length) names = columnNames(statement);
    const row: Record<string, unknown> = {};
    for (let index = 0; index < names.length; index++) row[names[index] ?? ''] = values[index];
    return row;
  };
  return (parameters) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- lists by the setting above, which the types do not follow
    const rows = statement.all(...parameters) as unknown as readonly (readonly unknown[])[];
    return rows.map((values) => named(values));
  };
}

function columnNames(statement: StatementSync): readonly string[] {
  return statement.columns().map(({ name }) => name);
}

/** Row types allow only what SQLite binds; node:sqlite itself refuses anything else. */
function bindable(parameters: readonly unknown[]): SQLInputValue[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked by node:sqlite at run time
  return parameters as SQLInputValue[];
}
