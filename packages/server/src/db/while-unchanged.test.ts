import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeEachEngine } from '../testing/each-engine.ts';
import { type Db, openDatabase, type OpenDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { transaction } from './transaction.ts';
import { whileUnchanged } from './while-unchanged.ts';

function counted() {
  const counter = { reads: 0 };
  const find = whileUnchanged(async (db: Db, key: string) => {
    counter.reads += 1;
    const row = await db
      .selectFrom('account_types')
      .select('id')
      .where('key', '=', key)
      .executeTakeFirst();
    return row?.id;
  });
  return { counter, find };
}

const add = (db: Db, key: string): Promise<unknown> =>
  db.insertInto('account_types').values({ key }).execute();

describeEachEngine('an answer that holds while nothing changes', (open, engine) => {
  let db: Db;
  beforeAll(async () => {
    ({ db } = await open());
  });

  it('is read again after any write', async () => {
    const { counter, find } = counted();
    expect(await find(db, 'a')).toBeUndefined();
    await add(db, 'a');
    const id = await find(db, 'a');
    expect(id).toBeTypeOf('number');
    expect([await find(db, 'a'), await find(db, 'a')]).toEqual([id, id]);
    expect(counter.reads).toBe(engine === 'sqlite' ? 2 : 4);
    await db.deleteFrom('account_types').where('key', '=', 'a').execute();
    expect(await find(db, 'a')).toBeUndefined();
  });

  it('is not what a transaction sees, nor the other way round', async () => {
    const { find } = counted();
    expect(await find(db, 'b')).toBeUndefined();
    const undone = transaction(db, async (trx) => {
      await add(trx, 'b');
      expect(await find(trx, 'b')).toBeTypeOf('number');
      throw new Error('undo');
    });
    await expect(undone).rejects.toThrow('undo');
    expect(await find(db, 'b')).toBeUndefined();
  });
});

describe('an answer that holds while nothing changes in a SQLite file', () => {
  let directory: string;
  let open: OpenDatabase;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'dialtone-unchanged-'));
    open = openDatabase(`sqlite:${join(directory, 'test.db')}`);
    await migrate(open);
  });
  afterAll(async () => {
    await open.close();
    await rm(directory, { recursive: true });
  });

  it('ends with the next commit of another program', async () => {
    const { counter, find } = counted();
    expect(await find(open.db, 'c')).toBeUndefined();
    expect(await find(open.db, 'c')).toBeUndefined();
    const other = new DatabaseSync(join(directory, 'test.db'));
    other.exec(`insert into account_types ("key") values ('c')`);
    other.close();
    expect(await find(open.db, 'c')).toBeTypeOf('number');
    const { reads } = counter;
    await find(open.db, 'c');
    expect(counter.reads).toBe(reads);
  });
});
