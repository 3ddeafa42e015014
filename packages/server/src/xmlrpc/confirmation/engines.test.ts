import { systemRandom } from '@dialtone/sip';
import { FakeClock } from '@dialtone/sip/testing';
import { beforeAll, expect, it } from 'vitest';
import { createAccount } from '../../accounts/create-account.ts';
import type { AccountsPlatform } from '../../accounts/account-hooks.ts';
import { readConfig } from '../../config/env.ts';
import { transaction } from '../../db/transaction.ts';
import { silentLogger } from '../../log/logger.ts';
import { createSpace } from '../../spaces/space.service.ts';
import { describeEachEngine } from '../../testing/each-engine.ts';
import { Refusal } from '../result.ts';
import { storeKey } from './confirmation-key.ts';
import { takeSms } from './sms-quota.ts';
import { withKey } from './with-key.ts';

const phone = '+33612345678';
const minutes = 10;

describeEachEngine('confirmation keys', (open) => {
  let platform: AccountsPlatform;
  let accountId: number;
  beforeAll(async () => {
    const { db } = await open();
    const config = readConfig({ DIALTONE_XMLRPC_KEY_TRIES: '2' });
    platform = { db, clock: new FakeClock(), random: systemRandom, log: silentLogger(), config };
    const domain = 'sip.example.com';
    const space = await createSpace(platform, { domain, host: domain, name: domain });
    const account = { username: 'alice', password: 'secret', ipAddress: '127.0.0.1' };
    accountId = (await createAccount(platform, space, account)).id;
  });

  const issue = (key: string) =>
    transaction(platform.db, (trx) =>
      storeKey({ ...platform, db: trx }, accountId, { purpose: 'link', key, phone, minutes }),
    );
  const use = (key: string) => {
    const attempt = { accountId, purposes: ['link'], sentTo: { phone }, key } as const;
    return withKey(platform, attempt, async () => 'spent').catch((error: unknown) => {
      if (error instanceof Refusal) return error.result;
      throw error;
    });
  };
  const several = <T>(work: () => Promise<T>) => Promise.all(Array.from({ length: 12 }, work));

  it('xmlrpc 5: of simultaneous right tries one spends the key', async () => {
    await issue('1234');
    const results = await several(() => use('1234'));
    expect(results.filter((result) => result === 'spent')).toHaveLength(1);
  });

  it('xmlrpc X9: simultaneous wrong tries share the limit', async () => {
    await issue('1234');
    await several(() => use('4321'));
    expect(await use('1234')).toBe('ERROR_KEY_DOESNT_MATCH');
  });

  it('the newest key of a purpose counts', async () => {
    await issue('1111');
    await issue('2222');
    expect(await use('1111')).toBe('ERROR_KEY_DOESNT_MATCH');
    expect(await use('2222')).toBe('spent');
  });

  it('what fails leaves the key unspent', async () => {
    await issue('1234');
    const attempt = { accountId, purposes: ['link'], sentTo: 'anywhere', key: '1234' } as const;
    const failing = withKey(platform, attempt, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(await use('1234')).toBe('spent');
  });

  it('xmlrpc 15: simultaneous SMS share the quota of a phone', async () => {
    const results = await several(() =>
      transaction(platform.db, (trx) => takeSms({ ...platform, db: trx }, phone)),
    );
    expect(results.filter(Boolean)).toHaveLength(3);
  });
});
