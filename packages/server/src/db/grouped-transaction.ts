import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Db } from './database.ts';
import { engineOf } from './engine-of.ts';
import { transaction, type Trx } from './transaction.ts';

/** Transactions that share one commit at most. */
const maxGroup = 100;

/** Runs `work` in a transaction, in one of several ways. */
export type RunTransaction = <T>(db: Db, work: (trx: Trx) => Promise<T>) => Promise<T>;

/** A transaction that waits for its group. */
interface Member {
  readonly work: (trx: Trx) => Promise<unknown>;
  readonly resolve: (result: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/** What became of a member, once its group is committed. */
type Outcome = (member: Member) => void;

/**
 * As `transaction`, for short work that many requests do at the same time. On SQLite those that come
 * in one turn of the event loop, or while another commit is under way, share a commit: it waits for
 * the disk, and one wait serves them all. Each is durable before its caller goes on, and one that
 * throws rolls back alone; when none could be committed, each is repeated by itself. The servers'
 * engines do this by themselves.
 */
export const groupedTransaction: RunTransaction = inGroups(transaction);

/** Shares each transaction that `run` makes between those who ask for one at the same time. */
export function inGroups(run: RunTransaction): RunTransaction {
  const waiting = new WeakMap<Db, Member[]>();
  return <T>(db: Db, work: (trx: Trx) => Promise<T>): Promise<T> => {
    if (db.isTransaction || engineOf(db) !== 'sqlite') return run(db, work);
    return new Promise<T>((resolve, reject) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is given what `work` returned
      const member: Member = { work, reject, resolve: resolve as Member['resolve'] };
      const queue = waiting.get(db);
      if (queue === undefined) {
        const started = [member];
        waiting.set(db, started);
        void drain(db, run, started, () => waiting.delete(db));
      } else queue.push(member);
    });
  };
}

/** Runs group after group until nobody waits, and says so before anybody else can come. */
async function drain(
  db: Db,
  run: RunTransaction,
  queue: Member[],
  ended: () => void,
): Promise<void> {
  while (queue.length > 0) {
    let group: readonly Member[] = [];
    try {
      // SQLite works without ever giving way to other requests, so they are let in first.
      await nextTurn();
      const outcomes = await run(db, async (trx) => {
        // Now, with the connection in hand: whoever came while it was busy belongs to the group.
        if (group.length === 0) group = queue.splice(0, maxGroup);
        const done: Outcome[] = [];
        for (const member of group) done.push(await attempt(trx, member, group.length));
        return done;
      });
      for (const [index, member] of group.entries()) outcomes[index]?.(member);
    } catch (error) {
      if (group.length > 1) {
        // A full disk ends the transaction of all for the sake of one.
        for (const { work, resolve, reject } of group) await run(db, work).then(resolve, reject);
      } else {
        // Without a group it never began: then all that wait fail, rather than wait for ever.
        for (const member of group.length > 0 ? group : queue.splice(0)) member.reject(error);
      }
    }
  }
  ended();
}

/** Does the work of one member; where there are others, its failure must not undo theirs. */
async function attempt(trx: Trx, { work }: Member, members: number): Promise<Outcome> {
  if (members === 1) {
    const result = await work(trx);
    return ({ resolve }) => resolve(result);
  }
  try {
    const result = await transaction(trx, work);
    return ({ resolve }) => resolve(result);
  } catch (error) {
    return ({ reject }) => reject(error);
  }
}
