import { expect, it } from 'vitest';
import { describeEachEngine } from '../testing/each-engine.ts';
import type { Db } from './database.ts';
import { groupedTransaction } from './grouped-transaction.ts';

const insert = (db: Db, key: string) =>
  db
    .insertInto('accounts_tombstones')
    .values({ username: key, domain: 'd', created_at: '2026-01-01 00:00:00' })
    .execute();

const names = async (db: Db) =>
  (await db.selectFrom('accounts_tombstones').select('username').execute())
    .map(({ username }) => username)
    .toSorted();

describeEachEngine('grouped transactions', (open) => {
  it('give each caller its own result', async () => {
    const { db } = await open();
    const results = await Promise.all(
      Array.from({ length: 250 }, (_, index) =>
        groupedTransaction(db, async (trx) => {
          await insert(trx, `n${index}`);
          return index;
        }),
      ),
    );
    expect(results).toEqual(Array.from({ length: 250 }, (_, index) => index));
    expect(await names(db)).toHaveLength(250);
  });

  it('roll back alone when one throws, before or after it has written', async () => {
    const { db } = await open();
    const works = ['a', 'b', 'c', 'd'].map((name) =>
      groupedTransaction(db, async (trx) => {
        await insert(trx, name);
        if (name === 'b') throw new Error('no');
        return name;
      }),
    );
    const settled = await Promise.allSettled(works);
    expect(settled.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    expect(await names(db)).toEqual(['a', 'c', 'd']);
  });

  it('are part of a transaction that is under way', async () => {
    const { db } = await open();
    const outer = db.transaction().execute(async (trx) => {
      await groupedTransaction(trx, (inner) => insert(inner, 'x'));
      throw new Error('no');
    });
    await expect(outer).rejects.toThrow('no');
    expect(await names(db)).toEqual([]);
  });
});
