import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Db, openDatabase, type OpenDatabase } from '../db/database.ts';
import { engines } from '../db/database-url.ts';
import { migrate } from '../db/migrate.ts';
import { createDatabase } from '../testing/database-servers.ts';
import {
  findDigestSession,
  insertDigestSession,
  raiseNonceCount,
} from './digest-session.repository.ts';

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
    const used = await Promise.all(upTo(50).map((nc) => use(db, nc)));
    expect(used.at(-1)).toBe(true);
    expect(used.filter(Boolean).length).toBeGreaterThanOrEqual(engine === 'sqlite' ? 50 : 1);
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

  it('that one node has used are used after it has crashed and begins anew', async () => {
    await useAll(node(), upTo(30));
    const anew = node();
    expect(await useAll(anew, upTo(30))).toEqual([]);
    expect(await useAll(anew, [500, 501, 501])).toEqual([500, 501]);
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

  it('that no table can hold are refused', async () => {
    const db = node();
    const high = 0x7fff_0000;
    expect(await useAll(db, [high, high + 1, 0x7fff_ffff, 0xffff_ffff])).toEqual([high, high + 1]);
  });
});
