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
    // Opposite order of locks: a deadlock wherever there is more than one connection.
    const touch = (order: readonly string[]) =>
      transaction(db, async (trx) => {
        runs++;
        for (const key of order) {
          await sql`update account_types set updated_at = '2025-01-01 00:00:00' where ${sql.ref('key')} = ${key}`.execute(
            trx,
          );
          await tick();
        }
      });
    await Promise.all(Array.from({ length: 4 }, (_, n) => touch(n % 2 ? ['a', 'b'] : ['b', 'a'])));
    expect(runs).toBeGreaterThanOrEqual(engine === 'sqlite' ? 4 : 5);
  });
});
