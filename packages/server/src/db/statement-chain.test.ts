import { describe, expect, it } from 'vitest';
import { describeEachEngine } from '../testing/each-engine.ts';
import type { Db } from './database.ts';
import { prepareText } from './prepared.ts';
import { durableChain, relaxedChain } from './statement-chain.ts';
import { transaction } from './transaction.ts';

const add = prepareText<{ readonly key: string }, unknown>((db, { key }) =>
  db.insertInto('account_types').values({ key }),
);
const rename = prepareText<{ readonly from: string; readonly to: string }, unknown>(
  (db, { from, to }) => db.updateTable('account_types').set({ key: to }).where('key', '=', from),
);

const keys = async (db: Db): Promise<string[]> =>
  (await db.selectFrom('account_types').select('key').execute()).map(({ key }) => key).toSorted();

// @ts-expect-error -- the column takes no null
const refused = (db: Db) => add(db, { key: null });

const chains = { durable: durableChain, relaxed: relaxedChain };

describeEachEngine('a chain of writes', (open) => {
  describe.each(Object.entries(chains))('that is %s', (_durability, run) => {
    it('tells each of many callers what it changed: of equal ones only the first', async () => {
      const { db } = await open();
      await Promise.all(['a', 'b'].map((key) => run(db, [add(db, { key })])));
      const renamed = await Promise.all(
        ['a', 'b', 'a', 'c'].map((from) => run(db, [rename(db, { from, to: `${from}2` })])),
      );
      expect(renamed.flat().reduce((sum, { changed }) => sum + changed, 0)).toBe(2);
      expect(renamed[3]).toEqual([{ changed: 0 }]);
      expect(await keys(db)).toEqual(['a2', 'b2']);
    });

    it('goes on for as long as rows are changed', async () => {
      const { db } = await open();
      const done = await Promise.all([
        run(db, [add(db, { key: 'a' }), rename(db, { from: 'a', to: 'b' })]),
        run(db, [rename(db, { from: 'c', to: 'd' }), add(db, { key: 'e' })]),
      ]);
      expect(done).toEqual([[{ changed: 1 }, { changed: 1 }], [{ changed: 0 }]]);
      expect(await keys(db)).toEqual(['b']);
    });

    it('waits for the transaction of somebody else', async () => {
      const { db } = await open();
      const [, added] = await Promise.all([
        transaction(db, async (trx) => {
          await run(trx, [add(trx, { key: 'a' })]);
          await new Promise(setImmediate);
          await run(trx, [add(trx, { key: 'b' })]);
        }),
        new Promise(setImmediate).then(() => run(db, [add(db, { key: 'c' })])),
      ]);
      expect(added).toEqual([{ changed: 1 }]);
      expect(await keys(db)).toEqual(['a', 'b', 'c']);
    });

    it('is undone with the transaction that it is called in', async () => {
      const { db } = await open();
      const undone = transaction(db, async (trx) => {
        await run(trx, [add(trx, { key: 'a' })]);
        throw new Error('no');
      });
      await expect(undone).rejects.toThrow('no');
      expect(await keys(db)).toEqual([]);
    });

    it('rejects when the database refuses it, and leaves no transaction open', async () => {
      const { db } = await open();
      await expect(run(db, [refused(db)])).rejects.toThrow(/null/i);
      await run(db, [add(db, { key: 'a' })]);
      expect(await transaction(db, keys)).toEqual(['a']);
    });

    it('that is refused is undone as a whole, and takes none of the others with it', async () => {
      const { db } = await open();
      const done = await Promise.allSettled([
        run(db, [add(db, { key: 'a' })]),
        run(db, [add(db, { key: 'b' }), refused(db)]),
        run(db, [add(db, { key: 'c' })]),
      ]);
      expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(await keys(db)).toEqual(['a', 'c']);
    });
  });
});
