import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { CompiledQuery, type Transaction } from 'kysely';
import type { Database, Db } from './database.ts';
import { isLockConflict } from './sql-errors.ts';
import { runNow } from './sqlite.ts';

/** Inside `transaction`: a `Db` whose changes all happen or none. */
export type Trx = Transaction<Database>;

/** Runs of a transaction that the database itself aborts (deadlock, serialisation) before giving up. */
const maxRuns = 10;
/** Longest wait before the second run, in milliseconds; each further one may wait that much longer. */
const retryStepMs = 5;

/** Savepoints open in a transaction. Names are reused, so that a connection prepares them once. */
const openSavepoints = new WeakMap<Trx, number>();

/**
 * Runs `work` in one transaction: committed when it returns, rolled back when it throws. Inside, use
 * the given `trx` only: on SQLite, which has one connection, a query on the outer `db` would wait for
 * the end of the transaction it is part of.
 *
 * Called with a transaction it makes a savepoint in it: an error rolls back the inner part alone, and
 * the caller may go on. The outermost call repeats `work` after a deadlock and a short wait, so `work` must have no
 * effect outside of the database (mails go through the outbox, messaging/outbox.ts).
 */
export async function transaction<T>(db: Db, work: (trx: Trx) => Promise<T>): Promise<T> {
  if (isTrx(db)) return await savepoint(db, work);
  for (let run = 1; ; run++) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (run === maxRuns || !isLockConflict(error)) throw error;
    }
    // Those that met in a deadlock would meet again if they came back at once.
    await delay(randomInt(run * retryStepMs + 1));
  }
}

function isTrx(db: Db): db is Trx {
  return db.isTransaction;
}

async function savepoint<T>(trx: Trx, work: (trx: Trx) => Promise<T>): Promise<T> {
  const depth = openSavepoints.get(trx) ?? 0;
  const name = `dialtone_${depth}`;
  openSavepoints.set(trx, depth + 1);
  await command(trx, `savepoint ${name}`);
  try {
    const result = await work(trx);
    await command(trx, `release savepoint ${name}`);
    return result;
  } catch (error) {
    // A deadlock (MariaDB) or a full disk (SQLite) has already ended the transaction, and its savepoints with it.
    await command(trx, `rollback to savepoint ${name}`).catch(() => {});
    throw error;
  } finally {
    openSavepoints.set(trx, depth);
  }
}

async function command(trx: Trx, text: string): Promise<void> {
  const query = CompiledQuery.raw(text);
  if (runNow(trx, query) === undefined) await trx.executeQuery(query);
}
