import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Db } from './database.ts';
import { engineOf } from './engine-of.ts';
import { transaction, type Trx } from './transaction.ts';

/** Transactions that share one commit at most. */
const maxGroup = 100;

/** A transaction that waits for its group. */
interface Member {
  /** Does the work in the group's transaction; gives what to tell the caller once that is committed. */
  readonly run: (trx: Trx) => Promise<() => void>;
  readonly fail: (reason: unknown) => void;
}

const waiting = new WeakMap<Db, Member[]>();

/**
 * As `transaction`, for short work that many requests do at the same time. On SQLite those that come
 * while another commit is under way share the next one: a commit waits for the disk, and one wait
 * serves them all. Each is durable before its caller goes on, and one that throws rolls back alone.
 * The servers' engines do this by themselves.
 */
export async function groupedTransaction<T>(db: Db, work: (trx: Trx) => Promise<T>): Promise<T> {
  if (db.isTransaction || engineOf(db) !== 'sqlite') return await transaction(db, work);
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const member: Member = {
    run: (trx) =>
      transaction(trx, work).then(
        (result) => () => resolve(result),
        (error: unknown) => () => reject(error),
      ),
    fail: reject,
  };
  const group = waiting.get(db);
  if (group === undefined) {
    waiting.set(db, [member]);
    void drain(db);
  } else group.push(member);
  return await promise;
}

/** Runs group after group until nobody waits. */
async function drain(db: Db): Promise<void> {
  const queue = waiting.get(db) ?? [];
  while (queue.length > 0) {
    // SQLite answers at once, so a request runs to this point without a pause: let the others that
    // have arrived come as far.
    await nextTurn();
    let group: readonly Member[] = [];
    try {
      const answers = await transaction(db, async (trx) => {
        // Now, with the connection in hand: whoever came while it was busy belongs to the group.
        if (group.length === 0) group = queue.splice(0, maxGroup);
        const done: (() => void)[] = [];
        for (const member of group) done.push(await member.run(trx));
        return done;
      });
      for (const answer of answers) answer();
    } catch (error) {
      // Without a group it never began: then all that wait fail, rather than wait for ever.
      for (const member of group.length > 0 ? group : queue.splice(0)) member.fail(error);
    }
  }
  waiting.delete(db);
}
