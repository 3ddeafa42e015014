import { systemRandom } from '@dialtone/sip';
import { FakeClock } from '@dialtone/sip/testing';
import { beforeAll, expect, it } from 'vitest';
import type { Account } from '../accounts/account.ts';
import type { AccountsPlatform } from '../accounts/account-hooks.ts';
import { createAccount } from '../accounts/create-account.ts';
import { createAccountWithToken } from '../accounts/create-account-with-token.ts';
import { findCredentials } from '../accounts/password/find-credentials.ts';
import { readConfig } from '../config/env.ts';
import { transaction } from '../db/transaction.ts';
import { silentLogger } from '../log/logger.ts';
import {
  findAccountOfLink,
  resetPasswordByLink,
} from '../reset-password/reset-password.service.ts';
import type { Space } from '../spaces/space.ts';
import { createSpace } from '../spaces/space.service.ts';
import { describeEachEngine } from '../testing/each-engine.ts';
import {
  createRequestToken,
  exchangeRequestToken,
  validateRequestToken,
} from './account-creation-request-token.ts';
import { createAccountCreationToken } from './account-creation-token.ts';
import {
  consumeAccountRecoveryToken,
  createAccountRecoveryToken,
  findAccountRecoveryToken,
} from './account-recovery-token.ts';
import { confirmCode, issueCode } from './code.ts';
import { createResetPasswordEmailToken } from './reset-password-email-token.ts';

const target = { provider: 'fcm', param: 'app', prid: 'device' } as const;

describeEachEngine('a hundred simultaneous uses', (open) => {
  let platform: AccountsPlatform;
  let space: Space;
  let next = 0;

  beforeAll(async () => {
    const { db } = await open();
    const config = readConfig({});
    platform = { db, clock: new FakeClock(), random: systemRandom, log: silentLogger(), config };
    const domain = 'sip.example.com';
    space = await createSpace(platform, { domain, host: domain, name: domain });
  });

  const newAccount = (): Promise<Account> =>
    createAccount(platform, space, {
      username: `user${next++}`,
      email: `user${next}@example.org`,
      password: 'secret',
      ipAddress: '127.0.0.1',
    });

  /** Results of the calls that succeeded; the others must have been refused, not have failed. */
  async function winners<T>(use: (n: number) => Promise<T>): Promise<T[]> {
    const results = await Promise.allSettled(Array.from({ length: 100 }, (_, n) => use(n)));
    const failures = results.flatMap((result) =>
      result.status === 'rejected' && result.reason?.name !== 'ServiceError' ? [result.reason] : [],
    );
    expect(failures).toEqual([]);
    return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  }

  it('of a creation token make one account', async () => {
    const { token, id } = await createAccountCreationToken(platform, {});
    const made = await winners((n) =>
      createAccountWithToken(platform, space, token, {
        username: `new${n}`,
        password: 'secret',
        ipAddress: '127.0.0.1',
      }),
    );
    expect(made).toHaveLength(1);
    const rows = await platform.db
      .selectFrom('accounts')
      .select('id')
      .where('username', 'like', 'new%')
      .execute();
    expect(rows).toEqual([{ id: made[0]?.id }]);
    const [spent] = await platform.db
      .selectFrom('account_creation_tokens')
      .select(['account_id', 'used'])
      .where('id', '=', id)
      .execute();
    expect(spent).toEqual({ account_id: made[0]?.id, used: 1 });
  });

  it('of a request token make one creation token', async () => {
    const token = await createRequestToken(platform, {});
    await validateRequestToken(platform, token);
    const before = await countOf('account_creation_tokens');
    expect(await winners(() => exchangeRequestToken(platform, token, {}))).toHaveLength(1);
    expect(await countOf('account_creation_tokens')).toBe(before + 1);
  });

  it('of a recovery token serve one account', async () => {
    const token = await createAccountRecoveryToken(platform, {}, target);
    const found = await findAccountRecoveryToken(platform, token);
    const { id } = await newAccount();
    const uses = await winners(() =>
      transaction(platform.db, (trx) =>
        consumeAccountRecoveryToken(trx, { id: found?.row.id ?? 0 }, id, platform.clock.now()),
      ),
    );
    expect(uses.filter(Boolean)).toHaveLength(1);
    expect(await findAccountRecoveryToken(platform, token)).toBeUndefined();
  });

  it('of the link of a mail choose one password', async () => {
    const account = await newAccount();
    const owner = { id: account.id, email: account.email ?? '' };
    const token = await createResetPasswordEmailToken(platform, owner);
    const chosen = await winners(async (n) => {
      await resetPasswordByLink(platform, space, token, `password ${n}`);
      return findCredentials(platform.db, account.username, space.domain);
    });
    expect(chosen).toHaveLength(1);
    const stored = await findCredentials(platform.db, account.username, space.domain);
    expect(stored).toEqual(chosen[0]);
    expect(stored?.passwords).toHaveLength(1);
    expect(await findAccountOfLink(platform, space, token)).toBeUndefined();
  });

  it('of the code of an SMS change one phone number', async () => {
    const { id: accountId } = await newAccount();
    const limits = { minutes: 10, attempts: 0 };
    const table = 'phone_change_codes';
    const code = await issueCode(platform, table, accountId, { phone: '+33612345678' }, {});
    let effects = 0;
    const uses = await winners(() =>
      confirmCode(platform, table, { accountId, code, limits }, async () => void effects++),
    );
    expect(uses.filter(({ outcome }) => outcome === 'confirmed')).toHaveLength(1);
    expect(effects).toBe(1);
  });

  async function countOf(table: 'account_creation_tokens'): Promise<number> {
    const { n } = await platform.db
      .selectFrom(table)
      .select((select) => select.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    return n;
  }
});
