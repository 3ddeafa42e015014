import type { Account } from '../accounts/account.ts';
import { selectAccount } from '../accounts/account.repository.ts';
import { transaction } from '../db/transaction.ts';
import type { Platform } from '../platform.ts';
import type { Space } from '../spaces/space.ts';
import { findWizard, spendWizard, type Wizard } from '../tokens/wizard.ts';
import { issueProvisioning } from './issue-provisioning.ts';

type WizardPlatform = Pick<Platform, 'db' | 'clock' | 'random' | 'config'>;

/** A link that still works, and the account that it sets up. */
export interface OwnedWizard {
  readonly wizard: Wizard;
  readonly account: Account;
}

/** The account that a link sets up; undefined when it is unknown, used, too old or of another space. */
export async function findWizardOwner(
  platform: WizardPlatform,
  { domain }: Pick<Space, 'domain'>,
  token: string,
): Promise<OwnedWizard | undefined> {
  const wizard = await findWizard(platform, token);
  const id = wizard?.provisioning_account_id ?? undefined;
  if (wizard === undefined || id === undefined) return undefined;
  const account = await selectAccount(platform.db, { id, domain });
  return account === undefined ? undefined : { wizard, account };
}

/** Spends a link for a fresh provisioning URL; undefined when another call was faster. */
export async function redeemWizard(
  platform: WizardPlatform,
  { wizard, account }: OwnedWizard,
  baseUrl: string,
): Promise<string | undefined> {
  return transaction(platform.db, async (trx) => {
    if (!(await spendWizard(trx, wizard, platform.clock.now()))) return undefined;
    return (await issueProvisioning({ ...platform, db: trx }, account, { baseUrl })).url;
  });
}
