import { systemRandom } from '@dialtone/sip';
import { computeHa1 } from '@dialtone/sip/digest';
import { FakeClock } from '@dialtone/sip/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config/env.ts';
import { silentLogger } from '../log/logger.ts';
import type { Space } from '../spaces/space.ts';
import { createSpace } from '../spaces/space.service.ts';
import { describeEachEngine } from '../testing/each-engine.ts';
import type { Account } from './account.ts';
import type { AccountsPlatform } from './account-hooks.ts';
import { deleteAccount, findAccountByAddress } from './account.service.ts';
import { createAccount, type NewAccount } from './create-account.ts';
import { findCredentials } from './password/find-credentials.ts';
import { updateAccount } from './update-account.ts';

describeEachEngine('accounts', (open) => {
  let platform: AccountsPlatform;
  let space: Space;
  let events: string[] = [];

  beforeAll(async () => {
    const note = (event: string) => (account: Account) => {
      events.push(`${event} ${account.username}`);
    };
    platform = {
      db: (await open()).db,
      clock: new FakeClock(),
      random: systemRandom,
      log: silentLogger(),
      config: readConfig({}),
      accountHooks: {
        created: note('created'),
        edited: note('edited'),
        activated: note('activated'),
        deleted: note('deleted'),
        passwordChanged: note('passwordChanged'),
      },
    };
    await platform.db.updateTable('phone_countries').set({ activated: 1 }).execute();
    space = await newSpace('sip.example.com');
  });

  const newSpace = (domain: string, maxAccounts = 0): Promise<Space> =>
    createSpace(platform, {
      domain,
      host: domain,
      name: domain,
      maxAccounts,
      digest: { realm: `realm of ${domain}` },
    });

  const create = (account: Partial<NewAccount> & { username: string }, owner = space) =>
    createAccount(platform, owner, { ipAddress: '127.0.0.1', password: 'secret', ...account });

  const successes = async (calls: readonly Promise<unknown>[]) =>
    (await Promise.allSettled(calls)).filter(({ status }) => status === 'fulfilled').length;

  it('of a hundred simultaneous creations of one address exactly one succeeds', async () => {
    const calls = Array.from({ length: 100 }, () => create({ username: 'wanted' }));
    const results = await Promise.allSettled(calls);
    const losers = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    );
    expect(losers).toHaveLength(99);
    for (const loser of losers) {
      expect(loser).toMatchObject({
        name: 'ServiceError',
        code: 'validation.failed',
        fields: { username: ['validation.unique'] },
      });
    }
    const tokens = await platform.db
      .selectFrom('provisioning_tokens')
      .innerJoin('accounts', 'accounts.id', 'account_id')
      .select('provisioning_tokens.id')
      .where('username', '=', 'wanted')
      .execute();
    expect(tokens).toHaveLength(1);
  });

  it('never exceeds the number of accounts of a space', async () => {
    const small = await newSpace('small.example.com', 5);
    const calls = Array.from({ length: 30 }, (_, n) => create({ username: `user${n}` }, small));
    expect(await successes(calls)).toBe(5);
    await expect(create({ username: 'late' }, small)).rejects.toMatchObject({ code: 'space.full' });
  });

  it('gives an e-mail address and a phone number to one account only', async () => {
    const calls = Array.from({ length: 20 }, (_, n) =>
      create({ username: `mail${n}`, email: 'one@example.org' }),
    );
    expect(await successes(calls)).toBe(1);
    const phones = Array.from({ length: 20 }, (_, n) =>
      create({ username: `phone${n}`, phone: '+33612121212' }),
    );
    expect(await successes(phones)).toBe(1);
  });

  it('defect 11: stores HA1 under the algorithm and realm of the account’s own space', async () => {
    await create({ username: 'alice' });
    expect(await findCredentials(platform.db, 'alice', 'sip.example.com')).toMatchObject({
      username: 'alice',
      realm: 'realm of sip.example.com',
      activated: false,
      blocked: false,
      passwords: [
        {
          algorithm: 'SHA-256',
          ha1: computeHa1({
            algorithm: 'SHA-256',
            username: 'alice',
            realm: 'realm of sip.example.com',
            password: 'secret',
          }),
        },
      ],
    });
    expect(await findCredentials(platform.db, 'nobody', 'sip.example.com')).toBeUndefined();
  });

  it('keeps several hashes in their order', async () => {
    const hashes = [
      { algorithm: 'MD5', ha1: '0'.repeat(32) },
      { algorithm: 'SHA-256', ha1: '1'.repeat(64) },
    ] as const;
    await create({ username: 'both', hashes });
    const credentials = await findCredentials(platform.db, 'both', 'sip.example.com');
    expect(credentials?.passwords).toEqual(hashes);
  });

  it('undoes everything when a step of the creation fails', async () => {
    const step = async (): Promise<void> => {
      throw new Error('no');
    };
    const creation = createAccount(
      platform,
      space,
      { username: 'halfway', ipAddress: '::1' },
      step,
    );
    await expect(creation).rejects.toThrow('no');
    const found = await findAccountByAddress(platform, 'halfway', 'sip.example.com');
    expect(found).toBeUndefined();
  });

  it('of simultaneous renames to one address exactly one succeeds', async () => {
    const accounts = await Promise.all([
      create({ username: 'first' }),
      create({ username: 'second' }),
      create({ username: 'third' }),
    ]);
    const renames = accounts.map(({ id }) => updateAccount(platform, id, { username: 'target' }));
    expect(await successes(renames)).toBe(1);
  });

  it('deletes once, with a tombstone', async () => {
    const { id } = await create({ username: 'leaving' });
    const calls = Array.from({ length: 10 }, () => deleteAccount(platform, id));
    expect(await successes(calls)).toBe(1);
    await expect(create({ username: 'leaving' })).rejects.toMatchObject({
      fields: { username: ['validation.unique'] },
    });
  });

  describe('hooks', () => {
    it('are called after each change', async () => {
      events = [];
      const { id } = await create({ username: 'hooked' });
      await updateAccount(platform, id, { activated: true, password: 'other' });
      await deleteAccount(platform, id);
      expect(events).toEqual([
        'created hooked',
        'edited hooked',
        'activated hooked',
        'passwordChanged hooked',
        'deleted hooked',
      ]);
    });

    it('cannot undo it by failing', async () => {
      const failing = {
        ...platform,
        accountHooks: { created: () => Promise.reject(new Error('hook')) },
      };
      const creation = createAccount(failing, space, { username: 'safe', ipAddress: '::1' });
      await expect(creation).rejects.toMatchObject({ name: 'HookError' });
      expect(await findAccountByAddress(platform, 'safe', 'sip.example.com')).toBeDefined();
    });
  });
});
