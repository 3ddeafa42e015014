import { sql } from 'kysely';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openTestDatabase } from '../testing/test-database.ts';
import type { Db } from './database.ts';
import { groupedTransaction } from './grouped-transaction.ts';
import { prepare, prepareText } from './prepared.ts';
import { durableChain, relaxedChain } from './statement-chain.ts';
import { transaction } from './transaction.ts';

interface Domain {
  readonly domain: string;
  readonly sizeBytes: number;
}

const insertion = prepareText<Domain, unknown>((db, { domain, sizeBytes }) =>
  db.insertInto('spaces').values({
    domain,
    host: domain,
    name: domain,
    custom_provisioning_entries: sql`hex(zeroblob(${sizeBytes} / 2))`,
  }),
);

const allSpaces = prepare<object, unknown>((db) => db.selectFrom('spaces').select('id'));

const small = { sizeBytes: 2 };
const large = { sizeBytes: 1_000_000 };
const SQLITE_FULL = { errcode: 13 };

describe('a SQLite file whose disk is full', () => {
  let db: Db;
  beforeEach(async () => {
    const open = await openTestDatabase();
    onTestFinished(open.close);
    ({ db } = open);
    const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(db);
    await sql`pragma max_page_count = ${sql.lit((rows[0]?.page_count ?? 0) + 20)}`.execute(db);
  });

  const add = (on: Db, domain: string, { sizeBytes }: { readonly sizeBytes: number }) =>
    on.executeQuery(insertion(on, { domain, sizeBytes }));
  const domains = async (): Promise<string[]> =>
    (await db.selectFrom('spaces').select('domain').orderBy('domain').execute()).map(
      ({ domain }) => domain,
    );

  it('undoes the transaction that it refuses, and says why', async () => {
    const refused = transaction(db, async (trx) => {
      await add(trx, 'before', small);
      await add(trx, 'large', large);
    });
    await expect(refused).rejects.toMatchObject(SQLITE_FULL);
    expect(await domains()).toEqual([]);
  });

  it('keeps nothing of what a transaction does after it was refused', async () => {
    const refused = transaction(db, async (trx) => {
      await add(trx, 'before', small);
      const inner = transaction(trx, (nested) => add(nested, 'large', large));
      await expect(inner).rejects.toMatchObject(SQLITE_FULL);
      await expect(add(trx, 'after', small)).rejects.toThrow('has ended the transaction');
      await expect(transaction(trx, (nested) => add(nested, 'nested', small))).rejects.toThrow(
        'has ended the transaction',
      );
    });
    await expect(refused).rejects.toMatchObject({ message: 'SQLite has ended the transaction' });
    expect(await domains()).toEqual([]);
  });

  it('lets others read and write meanwhile', async () => {
    const refused = transaction(db, async (trx) => {
      await expect(add(trx, 'large', large)).rejects.toMatchObject(SQLITE_FULL);
      await new Promise(setImmediate);
      throw new Error('no');
    });
    await new Promise(setImmediate);
    const others = Promise.all([
      allSpaces(db, {}),
      durableChain(db, [insertion(db, { domain: 'other', ...small })]),
    ]);
    await expect(refused).rejects.toThrow('no');
    await others;
    expect(await domains()).toEqual(['other']);
  });

  it.each(
    Object.entries({
      'grouped transactions': (domain: string, { sizeBytes }: typeof small) =>
        groupedTransaction(db, (trx) => add(trx, domain, { sizeBytes })),
      'durable chains': (domain: string, { sizeBytes }: typeof small) =>
        durableChain(db, [insertion(db, { domain, sizeBytes })]),
      'relaxed chains': (domain: string, { sizeBytes }: typeof small) =>
        relaxedChain(db, [insertion(db, { domain, sizeBytes })]),
    }),
  )('of %s that share a commit refuses only those that do not fit', async (_name, run) => {
    const done = await Promise.allSettled([
      run('a', small),
      run('b', large),
      run('c', small),
      run('d', large),
    ]);
    expect(done).toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: SQLITE_FULL },
      { status: 'fulfilled' },
      { status: 'rejected', reason: SQLITE_FULL },
    ]);
    expect(await domains()).toEqual(['a', 'c']);
    await run('e', small);
    expect(await domains()).toEqual(['a', 'c', 'e']);
  });
});
