import type { CompiledQuery, QueryResult } from 'kysely';
import type { Db } from './database.ts';
import { engineOf } from './engine-of.ts';
import { groupedTransaction, type RunTransaction } from './grouped-transaction.ts';
import { type WriteResult, writeResult } from './prepared.ts';
import { relaxedWrite } from './relaxed-write.ts';
import { commitChainsNow, type Durability, runNow } from './sqlite.ts';

/** A group that is so large waits for nobody else. */
const enoughMembers = 100;

/** Writes that are done in turn for as long as each changes a row: the first decides whether the others are. */
export type Chain = readonly CompiledQuery[];

/** A chain that waits for its group. */
interface Member {
  readonly chain: Chain;
  readonly resolve: (results: readonly WriteResult[]) => void;
  readonly reject: (reason: unknown) => void;
}

/** Runs a chain in the caller's transaction or in one of its own; what it did, statement by statement. */
export type RunChain = (db: Db, chain: Chain) => Promise<readonly WriteResult[]>;

/** As `groupedTransaction` with these statements; see `sharedCommits`. */
export const durableChain: RunChain = sharedCommits('durable', groupedTransaction);

/** As `relaxedWrite` with these statements; see `sharedCommits`. */
export const relaxedChain: RunChain = sharedCommits('relaxed', relaxedWrite);

/**
 * For writes that very many requests do: what begins, guards and ends a transaction costs several
 * times as much as a statement. On SQLite all that are asked for in one turn of the event loop run at
 * once and share a commit, without savepoints: should the database refuse one of them, each gets a
 * transaction of its own by `run`.
 */
function sharedCommits(durability: Durability, run: RunTransaction): RunChain {
  const groups = new WeakMap<Db, Member[]>();
  return (db, chain) => {
    if (db.isTransaction) return inTurn(db, chain);
    if (engineOf(db) !== 'sqlite') return alone(db, chain);
    return new Promise((resolve, reject) => {
      const member = { chain, resolve, reject };
      const group = groups.get(db);
      if (group !== undefined) group.push(member);
      else setImmediate(gather, db, started(db, member), 1);
    });
  };

  function started(db: Db, member: Member): Member[] {
    const group = [member];
    groups.set(db, group);
    return group;
  }

  /** The disk takes so long that it is worth waiting, turn by turn, for as long as others come. */
  function gather(db: Db, group: readonly Member[], known: number): void {
    const { length } = group;
    if (durability === 'durable' && length > known && length < enoughMembers) {
      setImmediate(gather, db, group, length);
      return;
    }
    groups.delete(db);
    commit(db, group);
  }

  function commit(db: Db, group: readonly Member[]): void {
    let done: QueryResult<unknown>[][] | undefined;
    try {
      done = commitChainsNow(
        db,
        group.map(({ chain }) => chain),
        durability,
      );
    } catch {
      // By itself each learns whether it was its own fault.
    }
    for (const [index, { chain, resolve, reject }] of group.entries()) {
      const results = done?.[index];
      if (results === undefined) alone(db, chain).then(resolve, reject);
      else resolve(results.map((result) => writeResult(result)));
    }
  }

  function alone(db: Db, chain: Chain): Promise<readonly WriteResult[]> {
    return run(db, (trx) => inTurn(trx, chain));
  }
}

async function inTurn(trx: Db, chain: Chain): Promise<readonly WriteResult[]> {
  const results: WriteResult[] = [];
  for (const query of chain) {
    const result = writeResult(runNow(trx, query) ?? (await trx.executeQuery(query)));
    results.push(result);
    if (result.changed === 0) break;
  }
  return results;
}
