import { setImmediate as tick } from 'node:timers/promises';
import { sql } from 'kysely';
import { beforeAll, beforeEach, expect, it } from 'vitest';
import { describeEachEngine } from '../testing/each-engine.ts';
import type { Db } from './database.ts';
import { isUniqueViolation } from './sql-errors.ts';
import { transaction } from './transaction.ts';

const add = (on: Db, key: string) => on.insertInto('account_types').values({ key }).execute();

describeEachEngine('transaction', (open, engine) => {
  let db: Db;
  beforeAll(async () => {
    ({ db } = await open());
  });
  beforeEach(async () => {
    await db.deleteFrom('account_types').execute();
  });

  const keys = async (): Promise<string[]> => {
    const rows = await db.selectFrom('account_types').select('key').orderBy('key').execute();
    return rows.map(({ key }) => key);
  };

  it('commits what it returns from and undoes what throws', async () => {
    expect(await transaction(db, async (trx) => await add(trx, 'kept').then(() => 7))).toBe(7);
    const failed = transaction(db, async (trx) => {
      await add(trx, 'lost');
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await keys()).toEqual(['kept']);
  });

  it('undoes an inner part alone', async () => {
    await transaction(db, async (trx) => {
      await add(trx, 'outer');
      const inner = transaction(trx, async (nested) => {
        await add(nested, 'inner');
        await add(nested, 'outer');
      });
      await expect(inner).rejects.toSatisfy(isUniqueViolation);
      await transaction(trx, async (nested) => await add(nested, 'second'));
    });
    expect(await keys()).toEqual(['outer', 'second']);
  });

  it('keeps interleaved transactions and single queries apart', async () => {
    const work = Array.from({ length: 20 }, async (_, n) => {
      const name = `k${String(n).padStart(2, '0')}`;
      if (n % 4 === 3) return await add(db, name);
      return await transaction(db, async (trx) => {
        await add(trx, name);
        await tick();
        await add(trx, `${name}b`);
        if (n % 4 === 1) throw new Error('rolled back');
      });
    });
    const results = await Promise.allSettled(work);
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(5);
    const stored = await keys();
    expect(stored).toHaveLength(5 + 2 * 10);
    expect(
      stored.filter((key) => ['01', '05', '09', '13', '17'].includes(key.slice(1, 3))),
    ).toEqual([]);
  });

  it('repeats after a conflict that the database resolves by giving up one side', async () => {
    await add(db, 'a');
    await add(db, 'b');
    let runs = 0;
    // Both hold their first row before either asks for its second: a deadlock wherever there is more
    // than one connection. SQLite runs one transaction after another and would wait for ever.
    const bothHold = meeting(engine === 'sqlite' ? 1 : 2);
    const touch = (first: string, second: string) =>
      transaction(db, async (trx) => {
        runs++;
        await update(trx, first);
        await bothHold();
        await update(trx, second);
      });
    await Promise.all([touch('a', 'b'), touch('b', 'a')]);
    // The side that was given up runs again, and may meet the other once more.
    expect(runs).toBeGreaterThanOrEqual(engine === 'sqlite' ? 2 : 3);
  });
});

async function update(db: Db, key: string): Promise<void> {
  await sql`update account_types set updated_at = '2025-01-01 00:00:00' where ${sql.ref('key')} = ${key}`.execute(
    db,
  );
}

/** Lets `count` callers wait for each other; whoever comes later passes. */
function meeting(count: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let arrived = 0;
  return () => {
    arrived++;
    if (arrived >= count) resolve();
    return promise;
  };
}
