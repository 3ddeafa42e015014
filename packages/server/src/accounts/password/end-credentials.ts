import { deleteUserKeys } from '../../auth/api-key.repository.ts';
import type { Db } from '../../db/database.ts';
import { voidAuthTokens } from '../../tokens/auth-token.ts';
import { voidProvisioningTokens } from '../../tokens/provisioning-token.ts';
import { voidResetPasswordEmailTokens } from '../../tokens/reset-password-email-token.ts';
import { voidWizards } from '../../tokens/wizard.ts';
import type { Account } from '../account.ts';

/**
 * Ends what was made under the old password and could outlive it, in the transaction that changes it:
 * user keys but the one that makes this very request, sign-in tokens on their way to a device, links to
 * choose a password, and, of accounts in use, provisioning URLs, which would hand out the new password.
 * One that awaits its first device keeps its URL: people choose a password and scan the code of their
 * welcome mail in either order. Browser sessions end by themselves (sign-in/session.ts). Keys of
 * administrators stay: programs use them, and they were never made by a password.
 */
export async function endCredentials(
  trx: Db,
  account: Pick<Account, 'id' | 'activated'>,
  now: number,
  keepKey?: string,
): Promise<void> {
  await deleteUserKeys(trx, account.id, keepKey);
  await voidAuthTokens(trx, account.id);
  await voidResetPasswordEmailTokens(trx, account.id, now);
  if (!account.activated) return;
  await voidProvisioningTokens(trx, account.id, now);
  await voidWizards(trx, account.id, now);
}
