import { mkdtemp, rm } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompiledQuery, sql } from 'kysely';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { describeEachEngine } from '../testing/each-engine.ts';
import { type Db, openDatabase, type OpenDatabase } from './database.ts';
import { migrate } from './migrate.ts';
import { prepareText } from './prepared.ts';
import { relaxedWrite } from './relaxed-write.ts';
import { durableChain, relaxedChain, type RunChain } from './statement-chain.ts';
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
          for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
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

describe('on a SQLite file', () => {
  let path: string;
  let open: OpenDatabase;
  beforeEach(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'dialtone-chain-'));
    path = join(folder, 'test.db');
    open = openDatabase(`sqlite:${path}`);
    onTestFinished(async () => {
      await open.close();
      await rm(folder, { recursive: true });
    });
    await migrate(open);
  });

  // What SQLite itself says in the midst of the statement.
  const addLevel = () =>
    CompiledQuery.raw('insert into account_types (key) select synchronous from pragma_synchronous');
  const [normal, full] = ['1', '2'];

  it('a durable chain waits for the disk and a relaxed one does not, whatever came before', async () => {
    const { db } = open;
    const levelOf = async (run: RunChain): Promise<string | undefined> => {
      await db.deleteFrom('account_types').execute();
      await run(db, [addLevel()]);
      return (await keys(db))[0];
    };
    const inTransaction: RunChain = (on, chain) =>
      transaction(on, (trx) => durableChain(trx, chain));
    expect(await levelOf(durableChain)).toBe(full);
    for (const run of [durableChain, inTransaction]) {
      expect(await levelOf(relaxedChain)).toBe(normal);
      expect(await levelOf(run)).toBe(full);
      await expect(relaxedChain(db, [refused(db)])).rejects.toThrow(/null/i);
      expect(await levelOf(run)).toBe(full);
    }
  });

  it('a durable chain waits for the disk while a relaxed write waits to be repeated', async () => {
    const { db } = open;
    const conflict = Object.assign(new Error('database is locked'), { errcode: 5 });
    const tried = Promise.withResolvers<void>();
    let tries = 0;
    const repeated = relaxedWrite(db, async () => {
      tried.resolve();
      if (tries++ === 0) throw conflict;
    });
    await tried.promise;
    await durableChain(db, [addLevel()]);
    await repeated;
    expect(await keys(db)).toEqual([full]);
  });

  it.each([1, 3])('%d chains wait while another program has the file locked', async (members) => {
    const { db } = open;
    await sql`pragma busy_timeout = 0`.execute(db);
    const other = new DatabaseSync(path);
    onTestFinished(() => other.close());
    other.exec('begin immediate');
    const added = Array.from({ length: members }, (_, key) =>
      durableChain(db, [add(db, { key: `${key}` })]),
    );
    for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
    other.exec('commit');
    expect((await Promise.all(added)).flat()).toEqual(added.map(() => ({ changed: 1 })));
    expect(await keys(db)).toHaveLength(members);
  });

  it('chains that wait for their group when the file is closed are rejected', async () => {
    const { db, close } = open;
    const waiting = ['a', 'b'].flatMap((key) => [
      durableChain(db, [add(db, { key })]),
      relaxedChain(db, [add(db, { key })]),
    ]);
    const settled = Promise.allSettled(waiting);
    await close();
    for (const { status } of await settled) expect(status).toBe('rejected');
  });

  it('chains open it', async () => {
    const another = openDatabase(`sqlite:${path}`);
    onTestFinished(another.close);
    const added = ['a', 'b'].map((key) => durableChain(another.db, [add(another.db, { key })]));
    expect((await Promise.all(added)).flat()).toEqual([{ changed: 1 }, { changed: 1 }]);
  });
});
