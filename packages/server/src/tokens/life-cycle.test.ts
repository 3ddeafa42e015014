import { systemRandom } from '@dialtone/sip';
import { FakeClock } from '@dialtone/sip/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '../accounts/account.ts';
import type { AccountsPlatform } from '../accounts/account-hooks.ts';
import { createAccount } from '../accounts/create-account.ts';
import { findAccountById } from '../accounts/account.service.ts';
import { readConfig } from '../config/env.ts';
import { transaction } from '../db/transaction.ts';
import { silentLogger } from '../log/logger.ts';
import type { Space } from '../spaces/space.ts';
import { createSpace } from '../spaces/space.service.ts';
import { describeEachEngine } from '../testing/each-engine.ts';
import {
  consumeAccountCreationToken,
  createAccountCreationToken,
} from './account-creation-token.ts';
import { attachAuthToken, consumeAuthToken, createAuthToken } from './auth-token.ts';
import { confirmCode, issueCode } from './code.ts';
import { createProvisioningToken } from './provisioning-token.ts';
import { findProvisioningToken, spendProvisioningToken } from './use-provisioning-token.ts';

const hundred = <T>(call: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: 100 }, call));

describeEachEngine('tokens', (open) => {
  let platform: AccountsPlatform;
  let clock: FakeClock;
  let space: Space;
  let next = 0;

  beforeAll(async () => {
    clock = new FakeClock();
    platform = {
      db: (await open()).db,
      clock,
      random: systemRandom,
      log: silentLogger(),
      config: readConfig({ APP_PROVISIONING_TOKEN_EXPIRATION_MINUTES: '10' }),
    };
    space = await createSpace(platform, {
      domain: 'sip.example.com',
      host: 'sip.example.com',
      name: 'Example',
    });
  });

  const newAccount = (): Promise<Account> =>
    createAccount(platform, space, { username: `user${next++}`, ipAddress: '127.0.0.1' });

  /** Whether the token was spent, or the state in which it was found. */
  const spend = async (token: string): Promise<boolean | string> => {
    const found = await findProvisioningToken(platform, token);
    if (found?.state !== 'valid') return found?.state ?? 'unknown';
    return transaction(platform.db, (trx) => spendProvisioningToken(trx, found, clock.now()));
  };

  describe('provisioning tokens', () => {
    it('P17, P18: activate their account and work once', async () => {
      const account = await newAccount();
      const { token } = await createProvisioningToken(platform, account.id);
      expect(await spend(token)).toBe(true);
      expect(await findAccountById(platform, account.id)).toMatchObject({ activated: true });
      expect(await spend(token)).toBe('unknown');
    });

    it('are consumed by exactly one of a hundred simultaneous requests', async () => {
      const { token } = await createProvisioningToken(platform, (await newAccount()).id);
      const uses = await hundred(() => spend(token));
      expect(uses.filter((use) => use === true)).toHaveLength(1);
    });

    it('X4, X5: are void once there is a newer one, but can still be shown', async () => {
      const account = await newAccount();
      const older = await createProvisioningToken(platform, account.id);
      const newer = await createProvisioningToken(platform, account.id);
      expect(await spend(older.token)).toBe('replaced');
      const found = await findProvisioningToken(platform, newer.token);
      expect(found?.account).toMatchObject({ id: account.id });
      expect(await spend(newer.token)).toBe(true);
      expect(await spend(older.token)).toBe('replaced');
    });

    it('are void although found valid, once a newer one comes before they are spent', async () => {
      const account = await newAccount();
      const { token } = await createProvisioningToken(platform, account.id);
      const found = await findProvisioningToken(platform, token);
      if (found === undefined) throw new Error('not found');
      await createProvisioningToken(platform, account.id);
      expect(await spendProvisioningToken(platform.db, found, clock.now())).toBe(false);
      expect(await findAccountById(platform, account.id)).toMatchObject({ activated: false });
    });

    it('P25: expire', async () => {
      const { token, expiresAt } = await createProvisioningToken(platform, (await newAccount()).id);
      expect(expiresAt).toBeGreaterThan(clock.now());
      clock.advance(10 * 60_000 + 1000);
      expect(await spend(token)).toBe('expired');
    });

    it('differ by letter case', async () => {
      const { token } = await createProvisioningToken(platform, (await newAccount()).id);
      const swapped = token.replace(/[a-z]/gi, (letter) =>
        letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
      );
      expect(await spend(swapped)).toBe('unknown');
    });
  });

  it('creation tokens are consumed by exactly one of a hundred simultaneous requests', async () => {
    const account = await newAccount();
    const { token } = await createAccountCreationToken(platform, {});
    const uses = await Promise.allSettled(
      Array.from({ length: 100 }, () =>
        consumeAccountCreationToken(platform, token, account.id, {}),
      ),
    );
    expect(uses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('auth tokens are attached and redeemed by exactly one of a hundred', async () => {
    const account = await newAccount();
    const { token } = await createAuthToken(platform, {});
    const attachments = await Promise.allSettled(
      Array.from({ length: 100 }, () => attachAuthToken(platform, token, account.id)),
    );
    expect(attachments.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const uses = await hundred(() => consumeAuthToken(platform, space, token));
    expect(uses.filter((use) => use !== undefined)).toHaveLength(1);
  });

  describe.each(['email_change_codes', 'recovery_codes'] as const)('%s', (table) => {
    const limits = { minutes: 10, attempts: 3 };
    const issue = (accountId: number) =>
      issueCode(platform, table, accountId, { email: 'john@example.org' }, {});
    const other = (code: string) => (code === '1000' ? '1001' : '1000');

    it('are confirmed once, however many try at the same time', async () => {
      const { id: accountId } = await newAccount();
      const code = await issue(accountId);
      let effects = 0;
      const uses = await hundred(() =>
        confirmCode(platform, table, { accountId, code, limits }, async () => void effects++),
      );
      expect(uses.filter(({ outcome }) => outcome === 'confirmed')).toHaveLength(1);
      expect(effects).toBe(1);
    });

    it('defect 6: allow three tries, however many guess at the same time', async () => {
      const { id: accountId } = await newAccount();
      const code = other(await issue(accountId));
      const attempt = { accountId, code, limits };
      const uses = await hundred(() => confirmCode(platform, table, attempt, async () => {}));
      expect(uses.filter(({ outcome }) => outcome === 'wrong')).toHaveLength(3);
      expect(uses.filter(({ outcome }) => outcome === 'expired')).toHaveLength(97);
    });

    it('count the tries that are left', async () => {
      const { id: accountId } = await newAccount();
      const attempt = { accountId, code: other(await issue(accountId)), limits };
      const left: unknown[] = [];
      for (let time = 0; time < 3; time++) {
        left.push(await confirmCode(platform, table, attempt, async () => {}));
      }
      expect(left).toEqual([2, 1, 0].map((attemptsLeft) => ({ outcome: 'wrong', attemptsLeft })));
    });

    it('void earlier ones', async () => {
      const { id: accountId } = await newAccount();
      await issue(accountId);
      const code = await issue(accountId);
      const attempt = { accountId, code, limits };
      const confirm = () => confirmCode(platform, table, attempt, async () => {});
      expect(await confirm()).toEqual({ outcome: 'confirmed' });
      expect(await confirm()).toEqual({ outcome: 'none' });
    });
  });
});
