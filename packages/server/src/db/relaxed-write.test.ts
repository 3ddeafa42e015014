import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { describeEachEngine } from '../testing/each-engine.ts';
import { type Db, openDatabase } from './database.ts';
import { engineOf } from './engine-of.ts';
import { relaxedWrite } from './relaxed-write.ts';
import { transaction } from './transaction.ts';

const add = (on: Db, key: string) => on.insertInto('account_types').values({ key }).execute();

const level = async (on: Db): Promise<number | undefined> => {
  const result = await sql<{ synchronous: number }>`pragma synchronous`.execute(on);
  return result.rows[0]?.synchronous;
};

describeEachEngine('a relaxed write', (open, engine) => {
  let db: Db;
  beforeAll(async () => {
    ({ db } = await open());
  });

  const count = async (): Promise<number> =>
    (await db.selectFrom('account_types').select('id').execute()).length;

  it('is a transaction like any other', async () => {
    expect(engineOf(db)).toBe(engine);
    await relaxedWrite(db, (trx) => add(trx, 'kept'));
    const failed = relaxedWrite(db, async (trx) => {
      await add(trx, 'lost');
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await count()).toBe(1);
  });

  it('joins the transaction it is called in', async () => {
    const failed = transaction(db, async (trx) => {
      await relaxedWrite(trx, (inner) => add(inner, 'inner'));
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    expect(await count()).toBe(1);
  });
});

it('on SQLite only that commit does without the disk', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dialtone-relaxed-'));
  const { db, close } = openDatabase(`sqlite:${join(folder, 'test.db')}`);
  onTestFinished(async () => {
    await close();
    await rm(folder, { recursive: true });
  });
  const [normal, full] = [1, 2];
  expect(await level(db)).toBe(full);
  expect(await relaxedWrite(db, level)).toBe(normal);
  await expect(relaxedWrite(db, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await level(db)).toBe(full);
});
