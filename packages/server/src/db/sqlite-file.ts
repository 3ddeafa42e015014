import { DatabaseSync } from 'node:sqlite';
import type { CompiledQuery, QueryResult, SqliteDatabase, SqliteStatement } from 'kysely';
import { bindable, readRows } from './sqlite-rows.ts';

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
  -- Pages are read where the system has them, without a call and a copy each; up to a gigabyte.
  pragma mmap_size = 1073741824;
  -- The commit that makes the log so long moves it itself; on a server checkpointer.ts comes before.
  pragma wal_autocheckpoint = 10000;
`;

/** What can be run: a text of SQL and its values. */
type Statement = Pick<CompiledQuery, 'sql' | 'parameters'>;

/** Whether a commit waits for the disk, and so survives a power failure; kill -9 it survives in any case. */
export type Durability = 'durable' | 'relaxed';

const synchronous: Readonly<Record<Durability, string>> = {
  durable: 'pragma synchronous = full',
  relaxed: 'pragma synchronous = normal',
};

/** Statements that can be part of a snapshot. */
const readsOnly = /^(?:select|pragma data_version)\b/i;

/** Statements that change no data by themselves. */
const changesNothing =
  /^(?:select|pragma (?:data_version|synchronous)|begin|commit|rollback|savepoint|release)\b/i;

/** Statements that write one table, and what deletions in it reach. */
const writesTable = /^(?:insert into|update|delete from) "?(\w+)"?/i;

/**
 * Writes to the nonce counts of HTTP digest, one for each request: no kept answer is made of them
 * (while-unchanged.ts), and all would be read anew each time.
 */
const countsNonce = /^(?:insert into|update) "opaques"/i;

/** The one connection to a database file, with its prepared statements. */
export class SqliteFile {
  readonly #location: string;
  readonly #statements = new Map<string, SqliteStatement>();
  #database: DatabaseSync | undefined;
  /** Counts statements run here that may have changed what is read, and commits seen of others. */
  #changes = 0;
  /** The same by table, as far as it is known. */
  readonly #changesOf = new Map<string, number>();
  /** The rest of them. */
  #changesAnywhere = 0;
  #writes = 0;
  /** `data_version`, which changes when other connections commit. */
  #others: number | undefined;
  /** Whether `#others` was asked for just now. */
  #asked = false;
  /** Ends the snapshot that is open; undefined while none is. */
  #endSnapshot: (() => void) | undefined;
  #asking: Promise<void> | undefined;
  /** Whether somebody who has begun a transaction has not ended it yet. */
  #begun = false;

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
        this.#endSnapshot?.();
        this.#database = undefined;
        this.#statements.clear();
        database.close();
      },
    };
  }

  /** Path of the file; undefined in memory. */
  get location(): string | undefined {
    return this.#location === ':memory:' ? undefined : this.#location;
  }

  /** Statements run here so far that write. */
  get writes(): number {
    return this.#writes;
  }

  /** Whether a transaction is open, whoever's it is; a snapshot is in nobody's way. */
  get inTransaction(): boolean {
    if (this.#begun) return true;
    return this.#endSnapshot === undefined && (this.#database?.isTransaction ?? false);
  }

  /** Runs one statement; undefined while the file is not open. */
  run<Row>(text: string, parameters: readonly unknown[]): QueryResult<Row> | undefined {
    if (this.#database === undefined) return undefined;
    const statement = this.#prepare(this.#database, text);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what Kysely's own driver promises of rows
    if (statement.reader) return { rows: statement.all(parameters) as Row[] };
    return { rows: [], numAffectedRows: BigInt(statement.run(parameters).changes) };
  }

  /** Begins a transaction, with the lock for writing. */
  begin(): void {
    this.run('begin immediate', []);
    this.#begun = true;
  }

  /** @throws the driver's error; then the transaction is still to be rolled back */
  commit(): void {
    this.run('commit', []);
    this.#begun = false;
  }

  rollback(): void {
    this.#begun = false;
    if (this.#database?.isTransaction === true) this.run('rollback', []);
  }

  /**
   * Runs chains of writes at once in a transaction of their own; of each chain as many statements as
   * change a row, and the one that does not. Undefined while another transaction is open or the file is not.
   * @throws the driver's error; then nothing is done
   */
  runChains(
    chains: readonly (readonly Statement[])[],
    durability: Durability,
  ): QueryResult<unknown>[][] | undefined {
    if (this.#database === undefined || this.inTransaction) return undefined;
    // Said for both: a relaxed write that waits to be repeated has left its own (relaxed-write.ts).
    this.run(synchronous[durability], []);
    try {
      this.begin();
      const results = chains.map((chain) => this.#runChain(chain));
      this.commit();
      return results;
    } finally {
      this.rollback();
      if (durability === 'relaxed') this.run(synchronous.durable, []);
    }
  }

  #runChain(chain: readonly Statement[]): QueryResult<unknown>[] {
    const results: QueryResult<unknown>[] = [];
    for (const { sql, parameters } of chain) {
      const result = this.run(sql, parameters) ?? { rows: [] };
      results.push(result);
      if (result.numAffectedRows === 0n) break;
    }
    return results;
  }

  /**
   * Differs from an earlier answer once one of the tables (default: any) was written in between, by
   * this process, or anything by another one (the command line, an administrator's tool); nonce counts
   * do not matter. Undefined while a transaction is open or the file is not.
   *
   * Asking SQLite costs as much as a small query: all who come in one turn of the event loop wait for
   * its end and share the answer, which so is younger than any of them.
   */
  version(tables?: readonly string[]): number | undefined | Promise<number | undefined> {
    if (this.#asked) return this.#versionNow(tables);
    this.#asking ??= this.#askForOthers();
    return this.#asking.then(() => this.#versionNow(tables));
  }

  #versionNow(tables: readonly string[] | undefined): number | undefined {
    if (this.#database === undefined || this.inTransaction) return undefined;
    if (tables === undefined) return this.#changes;
    const changes = tables.map((table) => this.#changesOf.get(table) ?? 0);
    return changes.reduce((sum, each) => sum + each, this.#changesAnywhere);
  }

  /** Counts what other connections committed: SQLite tells that they did, not where. */
  async #askForOthers(): Promise<void> {
    await new Promise(setImmediate);
    this.#asking = undefined;
    if (this.#database === undefined || this.inTransaction) return;
    process.nextTick(() => {
      this.#asked = false;
      this.#endSnapshot?.();
    });
    this.#beginSnapshot();
    const [row] = this.run<{ data_version: number }>('pragma data_version', [])?.rows ?? [];
    if (row?.data_version !== this.#others) {
      this.#others = row?.data_version;
      this.#countChange(undefined);
    }
    // It holds for those who have waited: until this process turns to something new.
    this.#asked = true;
  }

  /**
   * Locks the file for reading once for all that is read until something is written, or this process
   * turns to something new: for each read by itself the locks take most of the time.
   */
  #beginSnapshot(): void {
    if (this.#endSnapshot !== undefined) return;
    this.run('begin', []);
    this.#endSnapshot = () => {
      this.#endSnapshot = undefined;
      this.run('commit', []);
    };
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
    const beforeRun = this.#beforeRunsOf(text);
    return {
      reader,
      all: (parameters) => {
        this.#refuseOutside(database);
        beforeRun();
        return all(bindable(parameters));
      },
      run: (parameters) => {
        this.#refuseOutside(database);
        beforeRun();
        return statement.run(...bindable(parameters));
      },
      // An open cursor must not be reset by the next query of the same text: it gets its own statement.
      iterate: (parameters) => database.prepare(text).iterate(...bindable(parameters)),
    };
  }

  /**
   * A full or failing disk makes SQLite end a transaction by itself. What its caller still does, not
   * knowing, would be done one by one and stay.
   */
  #refuseOutside(database: DatabaseSync): void {
    if (this.#begun && !database.isTransaction) throw new Error('SQLite has ended the transaction');
  }

  /** What is to be done before each run of a statement. */
  #beforeRunsOf(text: string): () => void {
    if (readsOnly.test(text)) return () => {};
    if (changesNothing.test(text)) return () => this.#endSnapshot?.();
    const changes = !countsNonce.test(text);
    const table = writesTable.exec(text)?.[1];
    return () => {
      this.#endSnapshot?.();
      this.#writes += 1;
      if (changes) this.#countChange(table);
    };
  }

  #countChange(table: string | undefined): void {
    this.#changes += 1;
    if (table === undefined) this.#changesAnywhere += 1;
    else this.#changesOf.set(table, (this.#changesOf.get(table) ?? 0) + 1);
  }
}
