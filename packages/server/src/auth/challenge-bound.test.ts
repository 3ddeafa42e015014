import { systemRandom } from '@dialtone/sip';
import { FakeClock } from '@dialtone/sip/testing';
import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import type { Db } from '../db/database.ts';
import { insertReturningId } from '../db/insert.ts';
import { describeEachEngine } from '../testing/each-engine.ts';
import { openTestDatabase } from '../testing/test-database.ts';
import { challengeBound } from './challenge-bound.ts';
import { beginDigestSession } from './digest-challenge.ts';

async function newAccount(db: Db): Promise<number> {
  const domain = 'sip.example.com';
  await db.insertInto('spaces').values({ domain, host: domain, name: domain }).execute();
  return insertReturningId(db, 'accounts', {
    username: 'alice',
    domain,
    ip_address: '',
    user_agent: '',
    created_at: '2026-01-01 00:00:00',
  });
}

describeEachEngine('unanswered digest challenges', (open) => {
  let db: Db;
  let account_id: number;

  beforeAll(async () => {
    ({ db } = await open());
    account_id = await newAccount(db);
  });

  const begin = (nc = 0): Promise<number> =>
    insertReturningId(db, 'opaques', { account_id, nonce: 'n', opaque: 'o', ip: '::1', nc });
  const ids = async (): Promise<number[]> =>
    (await db.selectFrom('opaques').select('id').orderBy('id').execute()).map(({ id }) => id);

  it('are forgotten oldest first once there are too many; answered ones stay', async () => {
    const bound = challengeBound({ keep: 3, every: 2 });
    const answered = await begin(1);
    const open: number[] = [];
    for (let round = 0; round < 6; round++) {
      open.push(await begin());
      await bound(db);
    }
    expect(await ids()).toEqual([answered, ...open.slice(2)]);
    await bound(db);
    expect(await ids()).toEqual([answered, ...open.slice(3)]);
  });

  it('are forgotten by every node', async () => {
    const nodes = [1, 2, 3].map(() => challengeBound({ keep: 2, every: 1 }));
    const begun = await Promise.all(Array.from({ length: 12 }, () => begin()));
    await Promise.all(nodes.map((bound) => bound(db)));
    const newest = begun.toSorted((a, b) => a - b).slice(-2);
    expect((await ids()).slice(-2)).toEqual(newest);
    expect(await ids()).toHaveLength(3);
  });
});

it('a stranger who asks again and again does not fill the table', async () => {
  const { db, close } = await openTestDatabase();
  const id = await newAccount(db);
  await sql`
    with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < 100500)
    insert into opaques (account_id, nonce, opaque, ip, nc) select ${id}, 'n', 'o', '::1', 0 from numbers`.execute(
    db,
  );
  await beginDigestSession({ db, clock: new FakeClock(), random: systemRandom }, id, '::1');
  const { total } = await db
    .selectFrom('opaques')
    .select((select) => select.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  expect(total).toBe(100_000);
  await close();
});
