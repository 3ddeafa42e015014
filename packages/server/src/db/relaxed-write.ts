import { sql } from 'kysely';
import type { Db } from './database.ts';
import { engineOf } from './engine-of.ts';
import { inGroups, type RunTransaction } from './grouped-transaction.ts';
import { transaction, type Trx } from './transaction.ts';

/**
 * As `groupedTransaction`, but does not wait for the disk: for facts that may be forgotten when the
 * power fails, such as when a key was last used or which nonces are out. Nothing is lost by kill -9,
 * and the next ordinary commit makes it durable too. MariaDB and MySQL have no such choice and wait.
 */
export const relaxedWrite: RunTransaction = inGroups(withoutDisk);

async function withoutDisk<T>(db: Db, work: (trx: Trx) => Promise<T>): Promise<T> {
  const engine = engineOf(db);
  if (db.isTransaction || engine === 'mysql') return await transaction(db, work);
  if (engine === 'postgres') {
    return await transaction(db, async (trx) => {
      await sql`set local synchronous_commit to off`.execute(trx);
      return await work(trx);
    });
  }
  return await db.connection().execute(async (connection) => {
    await sql`pragma synchronous = normal`.execute(connection);
    try {
      return await transaction(connection, work);
    } finally {
      await sql`pragma synchronous = full`.execute(connection);
    }
  });
}
