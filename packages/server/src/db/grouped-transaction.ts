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
  for (;;) {
    const group = waiting.get(db)?.splice(0, maxGroup) ?? [];
    if (group.length === 0) break;
    try {
      const answers = await transaction(db, async (trx) => {
        const done: (() => void)[] = [];
        for (const member of group) done.push(await member.run(trx));
        return done;
      });
      for (const answer of answers) answer();
    } catch (error) {
      for (const member of group) member.fail(error);
    }
  }
  waiting.delete(db);
}
