import { beforeAll, expect, it } from 'vitest';
import { describeEachEngine } from '../testing/each-engine.ts';
import type { Db } from './database.ts';
import { prepare } from './prepared.ts';
import { transaction } from './transaction.ts';

interface TypeRow {
  readonly id: number;
  readonly key: string;
}

const byKey = prepare<{ key: string; least?: number }, TypeRow>((db, { key, least }) => {
  const query = db.selectFrom('account_types').selectAll().where('key', '=', key);
  return least === undefined ? query : query.where('id', '>=', least);
});

const between = prepare<{ from?: string; to?: string }, TypeRow>((db, { from, to }) => {
  let query = db.selectFrom('account_types').selectAll().orderBy('key');
  if (from !== undefined) query = query.where('key', '>=', from);
  if (to !== undefined) query = query.where('key', '<=', to);
  return query;
});

const byIds = prepare<readonly number[], TypeRow>((db, ids) =>
  db.selectFrom('account_types').select(['id', 'key']).where('id', 'in', ids).orderBy('id'),
);

describeEachEngine('a prepared query', (open) => {
  let db: Db;
  beforeAll(async () => {
    ({ db } = await open());
    for (const key of ['a', 'b', 'c'])
      await db.insertInto('account_types').values({ key }).execute();
  });

  const keysOf = (rows: readonly TypeRow[]): string[] => rows.map(({ key }) => key);

  it('runs again and again with other values', async () => {
    expect(keysOf(await byKey(db, { key: 'a', least: 0 }))).toEqual(['a']);
    expect(keysOf(await byKey(db, { key: 'b', least: 0 }))).toEqual(['b']);
    expect(keysOf(await byKey(db, { key: 'c' }))).toEqual(['c']);
    expect(await byKey(db, { key: 'b', least: 1000 })).toEqual([]);
    expect(await byKey(db, { key: "b' or 1=1 --", least: 0 })).toEqual([]);
  });

  it('is another one for each set of values that are given', async () => {
    for (const _again of [1, 2]) {
      expect(keysOf(await between(db, { from: 'b' }))).toEqual(['b', 'c']);
      expect(keysOf(await between(db, { to: 'b' }))).toEqual(['a', 'b']);
      expect(keysOf(await between(db, { from: 'b', to: 'b' }))).toEqual(['b']);
      expect(keysOf(await between(db, { to: 'a', from: 'a' }))).toEqual(['a']);
      expect(keysOf(await between(db, {}))).toEqual(['a', 'b', 'c']);
    }
  });

  it('takes lists of ids of any length', async () => {
    const rows = await db.selectFrom('account_types').select('id').orderBy('id').execute();
    const ids = rows.map(({ id }) => id);
    expect(keysOf(await byIds(db, ids))).toEqual(['a', 'b', 'c']);
    expect(keysOf(await byIds(db, ids.slice(1, 2)))).toEqual(['b']);
    expect(keysOf(await byIds(db, ids.slice(2)))).toEqual(['c']);
    const many = Array.from({ length: 200 }, (_, index) => index);
    expect(keysOf(await byIds(db, many))).toEqual(['a', 'b', 'c']);
  });

  it('sees what its transaction has written', async () => {
    const failed = transaction(db, async (trx) => {
      await trx.insertInto('account_types').values({ key: 'd' }).execute();
      expect(keysOf(await byKey(trx, { key: 'd', least: 0 }))).toEqual(['d']);
      throw new Error('undo');
    });
    await expect(failed).rejects.toThrow('undo');
    expect(await byKey(db, { key: 'd', least: 0 })).toEqual([]);
  });
});
