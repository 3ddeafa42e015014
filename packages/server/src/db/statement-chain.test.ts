import { expect, it } from 'vitest';
import { describeEachEngine } from '../testing/each-engine.ts';
import type { Db } from './database.ts';
import { prepareText } from './prepared.ts';
import { durableChain, relaxedChain } from './statement-chain.ts';
import { transaction } from './transaction.ts';

const add = prepareRelaxedWrite<{ readonly key: string }>((db, { key }) =>
  db.insertInto('account_types').values({ key }),
);
const rename = prepareRelaxedWrite<{ readonly from: string; readonly to: string }>(
  (db, { from, to }) => db.updateTable('account_types').set({ key: to }).where('key', '=', from),
);

const keys = async (db: Db): Promise<string[]> =>
  (await db.selectFrom('account_types').select('key').execute()).map(({ key }) => key).toSorted();

describeEachEngine('a relaxed statement', (open) => {
  it('tells each of many callers what it changed: of equal ones only the first', async () => {
    const { db } = await open();
    await Promise.all(['a', 'b'].map((key) => add(db, { key })));
    const renamed = await Promise.all(
      ['a', 'b', 'a', 'c'].map((from) => rename(db, { from, to: `${from}2` })),
    );
    expect(renamed.reduce((sum, { changed }) => sum + changed, 0)).toBe(2);
    expect(renamed[3]).toEqual({ changed: 0 });
    expect(await keys(db)).toEqual(['a2', 'b2']);
  });

  it('waits for the transaction of somebody else', async () => {
    const { db } = await open();
    const [, added] = await Promise.all([
      transaction(db, async (trx) => {
        await add(trx, { key: 'a' });
        await new Promise(setImmediate);
        await add(trx, { key: 'b' });
      }),
      new Promise(setImmediate).then(() => add(db, { key: 'c' })),
    ]);
    expect(added).toEqual({ changed: 1 });
    expect(await keys(db)).toEqual(['a', 'b', 'c']);
  });

  it('is undone with the transaction that it is called in', async () => {
    const { db } = await open();
    const undone = transaction(db, async (trx) => {
      await add(trx, { key: 'a' });
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    expect(await keys(db)).toEqual([]);
  });

  it('rejects when the database refuses it, and leaves no transaction open', async () => {
    const { db } = await open();
    // @ts-expect-error -- the column takes no null
    await expect(add(db, { key: null })).rejects.toThrow(/null/i);
    await add(db, { key: 'a' });
    expect(await transaction(db, keys)).toEqual(['a']);
  });
});
