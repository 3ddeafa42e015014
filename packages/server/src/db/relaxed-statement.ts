import type { CompiledQuery, QueryResult } from 'kysely';
import type { Db } from './database.ts';
import { engineOf } from './engine-of.ts';
import {
  type Build,
  type PreparedWrite,
  prepareText,
  prepareWrite,
  type ValuesOf,
  writeResult,
} from './prepared.ts';
import { relaxedWrite } from './relaxed-write.ts';
import { commitRelaxedNow } from './sqlite.ts';
import type { Trx } from './transaction.ts';

/** A statement that waits for its group. */
interface Member {
  readonly query: CompiledQuery;
  readonly resolve: (result: QueryResult<unknown>) => void;
  readonly reject: (reason: unknown) => void;
}

const waiting = new WeakMap<Db, Member[]>();

/**
 * Prepares a single statement that very many requests run as a `relaxedWrite` of its own: what
 * begins, guards and ends a transaction costs several times as much as the statement. On SQLite all
 * that are asked for in one turn of the event loop run at once and share a commit: should the
 * database refuse one of them, all fail.
 */
export function prepareRelaxedWrite<Values extends ValuesOf<Values>>(
  build: Build<Values, unknown>,
): PreparedWrite<Values> {
  const compile = prepareText(build);
  const write = prepareWrite(build);
  return async (db, values) => {
    if (db.isTransaction || engineOf(db) !== 'sqlite') {
      return await relaxedWrite(db, (trx) => write(trx, values));
    }
    return writeResult(await inGroup(db, compile(db, values)));
  };
}

function inGroup(db: Db, query: CompiledQuery): Promise<QueryResult<unknown>> {
  return new Promise((resolve, reject) => {
    const member = { query, resolve, reject };
    const group = waiting.get(db);
    if (group !== undefined) group.push(member);
    else {
      const started = [member];
      waiting.set(db, started);
      setImmediate(() => {
        waiting.delete(db);
        void commit(db, started);
      });
    }
  });
}

async function commit(db: Db, group: readonly Member[]): Promise<void> {
  const queries = group.map(({ query }) => query);
  try {
    const results =
      commitRelaxedNow(db, queries) ?? (await relaxedWrite(db, (trx) => inTurn(trx, queries)));
    for (const [index, { resolve }] of group.entries()) resolve(results[index] ?? { rows: [] });
  } catch (error) {
    for (const { reject } of group) reject(error);
  }
}

async function inTurn(
  trx: Trx,
  queries: readonly CompiledQuery[],
): Promise<QueryResult<unknown>[]> {
  const results = [];
  for (const query of queries) results.push(await trx.executeQuery(query));
  return results;
}
