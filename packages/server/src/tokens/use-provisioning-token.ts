import type { Account } from '../accounts/account.ts';
import { selectAccount, setAccountFlags } from '../accounts/account.repository.ts';
import { transaction } from '../db/transaction.ts';
import type { Platform } from '../platform.ts';
import { findUnusedToken, hasExpired, spendToken } from './life-cycle.ts';
import { selectNewestProvisioningTokens } from './provisioning-token.ts';

/** What became of a provisioning token: `not-found` covers unknown, used and replaced ones. */
export type ProvisioningTokenUse =
  | { readonly outcome: 'consumed'; readonly account: Account; readonly activated: boolean }
  | { readonly outcome: 'not-found' }
  | { readonly outcome: 'expired' };

const notFound = { outcome: 'not-found' } as const;

/**
 * Spends a provisioning token and activates its account in the same transaction
 * (flexiapi-core.md §8.3). Accounts of every domain are found, blocked ones too. `activated` says
 * whether the account was not active before.
 */
export async function consumeProvisioningToken(
  platform: Pick<Platform, 'db' | 'clock' | 'config'>,
  token: string,
): Promise<ProvisioningTokenUse> {
  const now = platform.clock.now();
  return transaction(platform.db, async (trx): Promise<ProvisioningTokenUse> => {
    const row = await findUnusedToken(trx, 'provisioning_tokens', token);
    if (row === undefined) return notFound;
    const [newest] = await selectNewestProvisioningTokens(trx, [row.account_id]);
    if (newest?.id !== row.id) return notFound;
    if (hasExpired(row.created_at, platform.config.expiry.provisioningTokenMinutes, now)) {
      return { outcome: 'expired' };
    }
    if (!(await spendToken(trx, 'provisioning_tokens', row.id, now))) return notFound;
    const account = await selectAccount(trx, { id: row.account_id });
    if (account === undefined) return notFound;
    if (account.activated) return { outcome: 'consumed', account, activated: false };
    await setAccountFlags(trx, account.id, { activated: true }, now);
    return { outcome: 'consumed', account: { ...account, activated: true }, activated: true };
  });
}

/**
 * The account behind an unused provisioning token, which stays unused: for QR codes and previews.
 * Neither its age nor newer tokens matter (flexiapi-core.md §8.4).
 */
export async function peekProvisioningToken(
  platform: Pick<Platform, 'db'>,
  token: string,
): Promise<Account | undefined> {
  const row = await findUnusedToken(platform.db, 'provisioning_tokens', token);
  return row === undefined ? undefined : selectAccount(platform.db, { id: row.account_id });
}
