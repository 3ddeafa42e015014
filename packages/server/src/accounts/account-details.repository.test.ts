import { beforeAll, expect, it } from 'vitest';
import type { Db } from '../db/database.ts';
import { insertReturningId } from '../db/insert.ts';
import { describeEachEngine } from '../testing/each-engine.ts';
import { type AccountDetails, selectAccountDetails } from './account-details.repository.ts';

const date = '2026-01-02 03:04:05';
const domain = 'sip.example.org';

describeEachEngine('the details of accounts', (open) => {
  let db: Db;
  let full: number;
  let bare: number;

  const account = (username: string, dtmf_protocol: string | null): Promise<number> =>
    insertReturningId(db, 'accounts', {
      username,
      domain,
      ip_address: '',
      user_agent: '',
      created_at: date,
      dtmf_protocol,
    });

  const detailsOf = async (id: number): Promise<AccountDetails | undefined> =>
    (await selectAccountDetails(db, [id])).get(id);

  beforeAll(async () => {
    ({ db } = await open());
    await db.insertInto('spaces').values({ domain, host: domain, name: 'n' }).execute();
    bare = await account('bare', null);
    full = await account('full', 'sipinfo');
    for (const [key, value] of [
      ['b', 'é "quoted" \\ \n'],
      ['a', '1'],
    ] as const) {
      const row = { account_id: full, key, value, created_at: date, updated_at: date };
      await db.insertInto('account_dictionary_entries').values(row).execute();
    }
    for (const algorithm of ['SHA-256', 'MD5']) {
      const row = { account_id: full, algorithm, password: 'x'.repeat(32) };
      await db.insertInto('passwords').values(row).execute();
    }
    for (const token of ['old', 'new']) {
      const row = { account_id: full, token, created_at: date };
      await insertReturningId(db, 'provisioning_tokens', row);
    }
    const code = { account_id: full, created_at: date, updated_at: null, ip: '::1' };
    await insertReturningId(db, 'email_change_codes', { ...code, code: '1', email: 'x@y' });
    await insertReturningId(db, 'email_change_codes', { ...code, code: null, email: 'z@y' });
    await insertReturningId(db, 'phone_change_codes', { ...code, code: '2', phone: '+331' });
    const typeId = await insertReturningId(db, 'account_types', { key: 'phone' });
    const link = { account_id: full, account_type_id: typeId };
    await db.insertInto('account_account_type').values(link).execute();
    const action = { account_id: full, key: 'open', code: '1*' };
    await insertReturningId(db, 'account_actions', action);
    await insertReturningId(db, 'account_actions', { ...action, account_id: bare });
  });

  it('are brought together for each account', async () => {
    const details = await selectAccountDetails(db, [bare, full]);
    expect([...details.keys()].toSorted((a, b) => a - b)).toEqual([bare, full]);
    expect(details.get(full)).toMatchObject({
      provisioningToken: { token: 'new', used: 0 },
      algorithms: ['SHA-256', 'MD5'],
      emailChangeCode: { code: null, email: 'z@y', ip: '::1', updated_at: null },
      phoneChangeCode: { code: '2', phone: '+331', user_agent: null },
      types: [{ key: 'phone' }],
      actions: [{ key: 'open', code: '1*' }],
      carddavServers: [],
    });
  });

  it('keep the order and the characters of what was written', async () => {
    const dictionary = (await detailsOf(full))?.dictionary ?? {};
    expect(Object.entries(dictionary)).toEqual([
      ['b', 'é "quoted" \\ \n'],
      ['a', '1'],
    ]);
  });

  it('are empty where there is nothing, and actions without a DTMF protocol are not shown', async () => {
    expect(await detailsOf(bare)).toEqual({
      account: expect.objectContaining({ id: bare, username: 'bare', dtmfProtocol: undefined }),
      provisioningToken: undefined,
      emailChangeCode: undefined,
      phoneChangeCode: undefined,
      dictionary: {},
      algorithms: [],
      types: [],
      actions: [],
      carddavServers: [],
    });
    expect((await selectAccountDetails(db, [])).size).toBe(0);
  });

  it('of an account that has much come whole', async () => {
    const value = 'é"'.repeat(100);
    const rows = Array.from({ length: 3000 }, (_, n) => ({
      account_id: bare,
      key: `key${n}`,
      value,
      created_at: date,
      updated_at: date,
    }));
    for (let at = 0; at < rows.length; at += 500) {
      await db
        .insertInto('account_dictionary_entries')
        .values(rows.slice(at, at + 500))
        .execute();
    }
    const dictionary = (await detailsOf(bare))?.dictionary ?? {};
    expect(Object.keys(dictionary)).toHaveLength(rows.length);
    expect(dictionary['key2999']).toBe(value);
  });
});
