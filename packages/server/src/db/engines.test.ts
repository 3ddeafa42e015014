import { sql } from 'kysely';
import { beforeAll, expect, it } from 'vitest';
import { describeEachEngine } from '../testing/each-engine.ts';
import type { Db } from './database.ts';
import { insertReturningId } from './insert.ts';
import { isForeignKeyViolation, isTooLong, isUniqueViolation } from './sql-errors.ts';

const now = '2025-03-30 02:30:00';

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

const account = (username: string, domain = 'sip.example.org') => ({
  username,
  domain,
  email: 'Marie.Curie@example.org',
  ip_address: '',
  user_agent: '',
  created_at: now,
});

describeEachEngine('the schema', (open) => {
  let db: Db;
  let accountId: number;

  beforeAll(async () => {
    ({ db } = await open());
    await db
      .insertInto('spaces')
      .values({ domain: 'sip.example.org', host: 'accounts.example.org', name: 'Example' })
      .execute();
    accountId = await insertReturningId(db, 'accounts', account('marie'));
  });

  it('counts ids up and never gives one twice', async () => {
    const first = await insertReturningId(db, 'accounts', account('first'));
    await db.deleteFrom('accounts').where('id', '=', first).execute();
    expect(await insertReturningId(db, 'accounts', account('second'))).toBe(first + 1);
  });

  it('gives dates as text, numbers and booleans as numbers', async () => {
    const row = await db
      .selectFrom('accounts')
      .select(['id', 'activated', 'created_at', 'expire_time'])
      .select((e) => [e.fn.countAll<number>().over().as('count'), sql<number>`1.5`.as('half')])
      .where('id', '=', accountId)
      .executeTakeFirstOrThrow();
    expect({ ...row }).toEqual({
      id: accountId,
      activated: 0,
      created_at: now,
      expire_time: null,
      count: 1,
      half: 1.5,
    });
    await db.updateTable('spaces').set({ created_at: now }).execute();
    expect(await db.selectFrom('spaces').select('created_at').execute()).toMatchObject([
      { created_at: now },
    ]);
  });

  it('keeps every second as it was written, those that local clocks skip or repeat too', async () => {
    const instants = [
      '2026-03-29 02:30:00',
      '2026-10-25 00:59:59',
      '2026-10-25 01:00:00',
      '2026-10-25 02:30:00',
      '2037-12-31 23:59:59',
    ];
    for (const created_at of instants) {
      await insertReturningId(db, 'auth_tokens', { token: 'dated', created_at });
    }
    const dated = db.selectFrom('auth_tokens').select('created_at').where('token', '=', 'dated');
    const found = await dated.orderBy('created_at').execute();
    expect(found.map(({ created_at }) => created_at)).toEqual(instants);
    expect(await dated.where('created_at', '<', '2026-10-25 01:00:00').execute()).toHaveLength(2);
    // Beyond what 32 bits count: until when a space is paid for.
    await db.updateTable('spaces').set({ expire_at: '2099-12-31 00:00:00' }).execute();
    expect(await db.selectFrom('spaces').select('expire_at').execute()).toMatchObject([
      { expire_at: '2099-12-31 00:00:00' },
    ]);
  });

  it('tells a value that is taken from other failures', async () => {
    const taken = await failure(insertReturningId(db, 'accounts', account('marie')));
    expect([isUniqueViolation(taken), isForeignKeyViolation(taken)]).toEqual([true, false]);
    const orphan = await failure(insertReturningId(db, 'accounts', account('m', 'elsewhere')));
    expect([isUniqueViolation(orphan), isForeignKeyViolation(orphan)]).toEqual([false, true]);
  });

  it('refuses a text that does not fit instead of cutting it', async () => {
    for (const long of [
      account('é'.repeat(65)),
      { ...account('long'), user_agent: 'é'.repeat(257) },
    ]) {
      expect(isTooLong(await failure(insertReturningId(db, 'accounts', long)))).toBe(true);
    }
    await insertReturningId(db, 'accounts', { ...account('fits'), user_agent: 'é'.repeat(256) });
  });

  it('compares user names, domains and addresses without regard to case', async () => {
    const found = db.selectFrom('accounts').select('id').where('id', '=', accountId);
    const matches = [
      found.where('username', '=', 'MARIE').where('domain', '=', 'SIP.Example.ORG'),
      found.where('username', 'in', ['nobody', 'Marie']),
      found.where('email', '=', 'marie.curie@EXAMPLE.org'),
      found.where('username', 'like', '%ARI%'),
    ];
    for (const query of matches) expect(await query.execute()).toHaveLength(1);
    expect(
      isUniqueViolation(await failure(insertReturningId(db, 'accounts', account('MARIE')))),
    ).toBe(true);
    expect(
      await db
        .selectFrom('spaces')
        .select('id')
        .where('host', '=', 'Accounts.example.org')
        .execute(),
    ).toHaveLength(1);
  });

  it('keeps the spelling that was stored', async () => {
    const row = await db
      .selectFrom('accounts')
      .select('email')
      .where('id', '=', accountId)
      .executeTakeFirstOrThrow();
    expect(row.email).toBe('Marie.Curie@example.org');
  });

  it('stores any Unicode text', async () => {
    const name = 'Žofie 李 🐈‍⬛ e\u0301';
    await db
      .updateTable('accounts')
      .set({ display_name: name })
      .where('id', '=', accountId)
      .execute();
    const found = await db
      .selectFrom('accounts')
      .select('display_name')
      .where('display_name', '=', name)
      .execute();
    expect(found).toHaveLength(1);
  });

  it('deletes what hangs below an account with it', async () => {
    const id = await insertReturningId(db, 'accounts', account('gone'));
    await insertReturningId(db, 'provisioning_tokens', { account_id: id, token: 't' });
    await db.insertInto('passwords').values({ account_id: id, password: 'x' }).execute();
    await db.deleteFrom('accounts').where('id', '=', id).execute();
    for (const table of ['provisioning_tokens', 'passwords'] as const) {
      const rows = db.selectFrom(table).select('id').where('account_id', '=', id);
      expect(await rows.execute()).toEqual([]);
    }
  });

  it('lets exactly one of many consume a token', async () => {
    const id = await insertReturningId(db, 'provisioning_tokens', {
      account_id: accountId,
      token: 'abc',
    });
    const consume = () =>
      db
        .updateTable('provisioning_tokens')
        .set({ used: 1 })
        .where('id', '=', id)
        .where('used', '=', 0)
        .executeTakeFirstOrThrow();
    const results = await Promise.all(Array.from({ length: 100 }, consume));
    expect(results.filter(({ numUpdatedRows }) => numUpdatedRows === 1n)).toHaveLength(1);
  });

  it('answers the default requests of Flexisip', async () => {
    await db
      .updateTable('accounts')
      .set({ activated: 1, phone: '+33612345678' })
      .where('id', '=', accountId)
      .execute();
    await db
      .insertInto('passwords')
      .values({ account_id: accountId, password: 'ha1', algorithm: 'SHA-256' })
      .execute();
    const digest = await sql`
      select p.password, p.algorithm from passwords p inner join accounts a on a.id = p.account_id
      where a.username = ${'marie'} and a.domain = ${'sip.example.org'} and a.activated = 1 and a.blocked = 0`.execute(
      db,
    );
    expect(digest.rows).toMatchObject([{ password: 'ha1', algorithm: 'SHA-256' }]);
    const phone = await sql`
      select username from accounts
      where (username = ${'+33612345678'} or phone = ${'+33612345678'}) and activated = 1`.execute(
      db,
    );
    expect(phone.rows).toMatchObject([{ username: 'marie' }]);
  });
});
