import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findDigestSession, insertDigestSession } from '../auth/digest-session.repository.ts';
import { raiseNonceCount } from '../auth/nonce-count.repository.ts';
import { describeEachEngine } from '../testing/each-engine.ts';
import { type Db, openDatabase, type OpenDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { prepare } from './prepared.ts';
import { transaction } from './transaction.ts';
import { whileUnchanged } from './while-unchanged.ts';

function counted(keeping?: Parameters<typeof whileUnchanged>[2]) {
  const counter = { reads: 0 };
  const find = whileUnchanged(
    async (db, key: string) => {
      counter.reads += 1;
      const row = await db
        .selectFrom('account_types')
        .select('id')
        .where('key', '=', key)
        .executeTakeFirst();
      return row?.id;
    },
    (key) => key,
    keeping,
  );
  return { counter, find };
}

const rowsOfKey = prepare<{ readonly key: string }, { readonly id: number }>((db, { key }) =>
  db.selectFrom('account_types').select('id').where('key', '=', key),
);

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

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

  it('tells keys apart, and keeps only so many', async () => {
    const { counter, find } = counted({ mostAnswers: 2 });
    for (const key of ['d', 'e', 'f']) await add(db, key);
    const ids = [await find(db, 'd'), await find(db, 'e'), await find(db, 'f')];
    expect(new Set(ids).size).toBe(3);
    expect([await find(db, 'd'), await find(db, 'e'), await find(db, 'f')]).toEqual(ids);
    expect(counter.reads).toBeGreaterThan(4);
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
  // What is known of other programs holds until the process turns to something new: here, to a test.
  beforeEach(nextTurn);
  afterAll(async () => {
    await open.close();
    await rm(directory, { recursive: true });
  });

  it('ends with the next commit of another program', async () => {
    const { counter, find } = counted();
    expect(await find(open.db, 'c')).toBeUndefined();
    expect(await find(open.db, 'c')).toBeUndefined();
    await nextTurn();
    const other = new DatabaseSync(join(directory, 'test.db'));
    other.exec(`insert into account_types ("key") values ('c')`);
    other.close();
    expect(await find(open.db, 'c')).toBeTypeOf('number');
    const { reads } = counter;
    await find(open.db, 'c');
    expect(counter.reads).toBe(reads);
  });

  it('is as young as the last of those who ask together', async () => {
    const { find } = counted();
    await add(open.db, 'd');
    const known = await find(open.db, 'd');
    await nextTurn();
    const other = new DatabaseSync(join(directory, 'test.db'));
    const first = find(open.db, 'd');
    other.exec(`update account_types set id = 7777 where "key" = 'd'`);
    const second = find(open.db, 'd');
    other.close();
    expect(known).not.toBe(7777);
    expect(await Promise.all([first, second])).toEqual([7777, 7777]);
  });

  it('outlives writes to other tables than those it is made of', async () => {
    const { db } = open;
    const { counter, find } = counted({ tables: ['account_types', 'spaces'] });
    const reads = async (change: Promise<unknown>): Promise<number> => {
      await change;
      await find(db, 'f');
      return counter.reads;
    };
    expect(await reads(add(db, 'f'))).toBe(1);
    const tombstone = { username: 'a', domain: 'd', created_at: '2026-01-01 00:00:00' };
    const insert = db.insertInto('accounts_tombstones').values(tombstone);
    expect(await reads(insert.execute())).toBe(1);
    expect(await reads(sql`delete from accounts_tombstones`.execute(db))).toBe(1);
    expect(await reads(sql`DELETE FROM spaces`.execute(db))).toBe(2);
    expect(await reads(add(db, 'g'))).toBe(3);
    const unclear = sql`with g(k) as (select 'h') insert into account_types ("key") select k from g`;
    expect(await reads(unclear.execute(db))).toBe(4);
  });

  it('and what is read beside it are of one moment, up to the next write', async () => {
    const { db } = open;
    const { find } = counted();
    const isThere = async (key: string) => (await rowsOfKey(db, { key })).length === 1;
    await find(db, 'p');
    const other = new DatabaseSync(join(directory, 'test.db'));
    other.exec(`insert into account_types ("key") values ('p')`);
    other.close();
    expect(await isThere('p')).toBe(false);
    await add(db, 'q');
    expect([await isThere('p'), await isThere('q')]).toEqual([true, true]);
    await find(db, 'p');
    await nextTurn();
    expect(await transaction(db, (trx) => add(trx, 'r').then(() => true))).toBe(true);
    expect(await isThere('r')).toBe(true);
  });

  it('outlives the count of a nonce, but not what ends a session', async () => {
    const { db } = open;
    const { counter, find } = counted();
    await add(db, 'e');
    await sql`insert into spaces (domain, host, name) values ('d', 'd', 'd')`.execute(db);
    await sql`insert into accounts (username, domain, ip_address, user_agent, created_at)
      values ('a', 'd', '', '', '')`.execute(db);
    await find(db, 'e');
    const session = { accountId: 1, ip: '192.0.2.1', nonce: 'n', opaque: 'o', now: 0 };
    await insertDigestSession(db, session);
    const stored = await findDigestSession(db, session);
    expect(stored && (await raiseNonceCount(db, stored, 1))).toBe(true);
    await find(db, 'e');
    expect(counter.reads).toBe(1);
    await db.deleteFrom('opaques').execute();
    await find(db, 'e');
    expect(counter.reads).toBe(2);
  });
});
