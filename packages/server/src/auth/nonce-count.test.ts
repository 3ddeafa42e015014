import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type Db, openDatabase, type OpenDatabase } from '../db/database.ts';
import { engines } from '../db/database-url.ts';
import { migrate } from '../db/migrate.ts';
import { fileOf } from '../db/sqlite.ts';
import { createDatabase } from '../testing/database-servers.ts';
import { openTestDatabase } from '../testing/test-database.ts';
import { findDigestSession, insertDigestSession } from './digest-session.repository.ts';
import { raiseNonceCount } from './nonce-count.repository.ts';

/** Another process never acts in the middle of this one's turn. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const session = { accountId: 1, ip: '192.0.2.1', nonce: 'n', opaque: 'o', now: 1_800_000_000_000 };

describe.each(engines)('nonce counts on %s', (engine) => {
  let folder: string;
  let url: string;
  let opened: OpenDatabase[];
  /** Another process on the same database. */
  const node = (): Db => {
    const open = openDatabase(url);
    opened.push(open);
    return open.db;
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dialtone-nonce-'));
    url = engine === 'sqlite' ? `sqlite:${join(folder, 'test.db')}` : await createDatabase(engine);
    opened = [openDatabase(url)];
    const [first] = opened;
    if (first === undefined) return;
    await migrate(first);
    await sql`insert into spaces (domain, host, name) values ('d', 'd', 'd')`.execute(first.db);
    await sql`insert into accounts (id, username, domain, ip_address, user_agent, created_at)
      values (1, 'a', 'd', '', '', '2026-01-01 00:00:00')`.execute(first.db);
    await insertDigestSession(first.db, session);
  });
  afterEach(async () => {
    await Promise.all(opened.map((open) => open.close()));
    await rm(folder, { recursive: true });
  });

  async function use(db: Db, nc: number): Promise<boolean> {
    const stored = await findDigestSession(db, session);
    return stored !== undefined && raiseNonceCount(db, stored, nc);
  }

  async function useAll(db: Db, counts: readonly number[]): Promise<number[]> {
    const used: number[] = [];
    for (const nc of counts) if (await use(db, nc)) used.push(nc);
    return used;
  }

  const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

  it('defect 4: rise strictly: each is used once, and never one below', async () => {
    const db = node();
    expect(await useAll(db, [...upTo(200), 200, 150, 1, 201, 210, 205, 211])).toEqual([
      ...upTo(201),
      210,
      211,
    ]);
  });

  it('of a hundred requests with one count let one in', async () => {
    const db = node();
    for (const nc of [1, 2, 3, 40, 41]) {
      const results = await Promise.all(Array.from({ length: 100 }, () => use(db, nc)));
      expect(results.filter(Boolean)).toHaveLength(1);
    }
  });

  it('that come together let the highest in, and on SQLite, in their order, all', async () => {
    const db = node();
    await findDigestSession(db, session);
    for (const counts of [upTo(50), upTo(100).slice(50), upTo(250).slice(100)]) {
      const used = await Promise.all(counts.map((nc) => use(db, nc)));
      expect(used.at(-1)).toBe(true);
      expect(used.filter(Boolean).length).toBeGreaterThanOrEqual(
        engine === 'sqlite' ? counts.length : 1,
      );
    }
  });

  it('that one node has used are used for every other, whatever it has seen itself', async () => {
    const [one, two] = [node(), node()];
    expect(await use(two, 1)).toBe(true);
    expect(await useAll(one, upTo(100))).toEqual(upTo(100).slice(1));
    expect(await useAll(two, upTo(100))).toEqual([]);
    expect(await use(two, 1000)).toBe(true);
    expect(await useAll(one, [101, 999, 1000])).toEqual([]);
    expect(await useAll(one, [2000, 2001, 2000])).toEqual([2000, 2001]);
  });

  it('may come to nodes in turn; on SQLite a node keeps some for itself', async () => {
    const nodes = [node(), node()];
    let used = 0;
    for (const nc of upTo(40)) {
      if (await use(nodes[nc % 2] ?? node(), nc)) used += 1;
      await nextTurn();
    }
    expect(used).toBeGreaterThanOrEqual(engine === 'sqlite' ? 1 : 40);
  });

  it('that one node has used are used after it has crashed and begins anew', async () => {
    await useAll(node(), upTo(30));
    const anew = node();
    expect(await useAll(anew, upTo(30))).toEqual([]);
    expect(await useAll(anew, [500, 501, 501])).toEqual([500, 501]);
  });

  it('go on without a gap when another one writes something else', async () => {
    const [one, two] = [node(), node()];
    for (const nc of upTo(30)) {
      expect(await use(one, nc)).toBe(true);
      await two
        .insertInto('account_types')
        .values({ key: `${nc}` })
        .execute();
      await nextTurn();
    }
  });

  it('rise strictly for requests that looked for their session at the same time', async () => {
    const db = node();
    const [first, second] = await Promise.all([
      findDigestSession(db, session),
      findDigestSession(db, session),
    ]);
    if (first === undefined || second === undefined) throw new Error('it is there');
    const used: boolean[] = [];
    for (const nc of upTo(5)) used.push(await raiseNonceCount(db, first, nc));
    used.push(await raiseNonceCount(db, second, 100), await raiseNonceCount(db, first, 6));
    expect(used).toEqual([true, true, true, true, true, true, false]);
  });

  it('are those of one account and address, also once they are remembered', async () => {
    const db = node();
    expect(await useAll(db, [1, 2])).toEqual([1, 2]);
    expect(await findDigestSession(db, { ...session, ip: '192.0.2.2' })).toBeUndefined();
    expect(await findDigestSession(db, { ...session, accountId: 2 })).toBeUndefined();
    expect(await useAll(db, [3])).toEqual([3]);
  });

  it('of a session that somebody deleted are worth nothing, at once', async () => {
    const [one, two] = [node(), node()];
    await useAll(one, upTo(20));
    await two.deleteFrom('opaques').execute();
    await nextTurn();
    expect(await useAll(one, [21, 22])).toEqual([]);
    await insertDigestSession(one, { ...session, nonce: 'another' });
    expect(await use(one, 23)).toBe(false);
  });

  it('of a session whose id another one got are worth nothing', async () => {
    const [one, two] = [node(), node()];
    const stored = await findDigestSession(one, session);
    expect(await use(one, 1)).toBe(true);
    await two.updateTable('opaques').set({ nonce: 'another', opaque: 'another', nc: 0 }).execute();
    await nextTurn();
    expect(stored && (await raiseNonceCount(one, stored, 2))).toBe(false);
    const nc = await two.selectFrom('opaques').select('nc').executeTakeFirst();
    expect(nc).toEqual({ nc: 0 });
  });

  const number = fc.integer({ min: 0, max: 2 });
  const request = fc.record({ at: number, step: fc.integer({ min: -5, max: 5 }) });
  const runs = { numRuns: engine === 'sqlite' ? 40 : 5 };

  /** Tries of a session of its own, at three nodes, and what may come between. */
  const scene = async (index: number) => {
    const nodes = [node(), node(), node()];
    const own = { ...session, nonce: `n${index}`, opaque: `o${index}` };
    await insertDigestSession(opened[0]?.db ?? node(), own);
    const tryAt = async (at: number, nc: number): Promise<boolean> => {
      const db = nodes[at] ?? node();
      const stored = await findDigestSession(db, own);
      return stored !== undefined && raiseNonceCount(db, stored, nc);
    };
    const crash = (at: number): void => void (nodes[at] = node());
    return { tryAt, crash };
  };
  let scenes = 0;

  it('defect 4: rise strictly, whatever several nodes do and when they crash', async () => {
    const steps = fc.array(
      fc.record({ request, crash: fc.option(number, { freq: 10 }), stay: fc.nat({ max: 20 }) }),
      { minLength: 5, maxLength: 20 },
    );
    const property = fc.asyncProperty(steps, async (all) => {
      const { tryAt, crash } = await scene(scenes++);
      let highest = 0;
      for (const { request: first, crash: at, stay } of all) {
        if (at !== null) crash(at);
        for (let count = 0; count <= stay; count++) {
          await nextTurn();
          const nc = Math.max(1, highest + (count === 0 ? first.step : 1));
          if (!(await tryAt(first.at, nc))) continue;
          expect(nc).toBeGreaterThan(highest);
          highest = nc;
        }
      }
      // Far ahead of all that is stored.
      expect(await tryAt(0, highest + 1000)).toBe(true);
    });
    await fc.assert(property, runs);
  });

  it('are used once, of all requests that come to several nodes at once', async () => {
    const batches = fc.array(fc.array(request, { maxLength: 20 }), { maxLength: 8 });
    const property = fc.asyncProperty(batches, async (all) => {
      const { tryAt } = await scene(scenes++);
      const used: number[] = [];
      let base = 6;
      for (const batch of all) {
        const tries = batch.map(async ({ at, step }) => {
          if (await tryAt(at, base + step)) used.push(base + step);
        });
        await Promise.all(tries);
        base = Math.max(base, ...used) + 1;
      }
      expect(new Set(used).size).toBe(used.length);
    });
    await fc.assert(property, runs);
  });

  it('that no table can hold are refused', async () => {
    const db = node();
    const high = 0x7fff_0000;
    expect(await useAll(db, [high, high + 1, 0x7fff_ffff, 0xffff_ffff])).toEqual([high, high + 1]);
  });
});

describe('sessions on SQLite', () => {
  const most = 10_000;

  async function openWithSessions(): Promise<Db> {
    const open = await openTestDatabase();
    onTestFinished(open.close);
    const { db } = open;
    await sql`insert into spaces (domain, host, name) values ('d', 'd', 'd')`.execute(db);
    await sql`insert into accounts (id, username, domain, ip_address, user_agent, created_at)
      values (1, 'a', 'd', '', '', '2026-01-01 00:00:00')`.execute(db);
    await sql`insert into opaques (account_id, ip, nonce, opaque)
      with recursive n(i) as (select 0 union all select i + 1 from n where i < ${most})
      select 1, ${session.ip}, 'n' || i, 'o' || i from n`.execute(db);
    return db;
  }

  const find = (db: Db, index: number) =>
    findDigestSession(db, { ...session, opaque: `o${index}` });

  it('are written ever less often, and only when need be', async () => {
    const db = await openWithSessions();
    const writesOf = async (first: number, last: number): Promise<number> => {
      const before = fileOf(db)?.writes ?? 0;
      for (let nc = first; nc <= last; nc++) {
        const stored = await find(db, 0);
        expect(stored && (await raiseNonceCount(db, stored, nc))).toBe(true);
      }
      return (fileOf(db)?.writes ?? 0) - before;
    };
    expect(await writesOf(1, 200)).toBeLessThan(20);
    expect(await writesOf(201, 1000)).toBeLessThan(20);
  });

  it('are remembered, but not without end', async () => {
    const db = await openWithSessions();
    const first = await find(db, 0);
    for (let index = 1; index < most; index++) await find(db, index);
    expect(await find(db, 0)).toBe(first);
    await find(db, most);
    expect(await find(db, 0)).not.toBe(first);
    // Each is found by itself, however many its account has: else it would take much longer.
  }, 5000);
});
