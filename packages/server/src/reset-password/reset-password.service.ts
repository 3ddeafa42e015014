import type { Account } from '../accounts/account.ts';
import type { AccountsPlatform } from '../accounts/account-hooks.ts';
import { getAccountInSpace } from '../accounts/account.service.ts';
import { choosePassword } from '../accounts/password/password.service.ts';
import { forbidden } from '../errors/service-error.ts';
import type { Space } from '../spaces/space.ts';
import {
  consumeResetPasswordEmailToken,
  findResetPasswordEmailToken,
} from '../tokens/reset-password-email-token.ts';

/**
 * The account whose password the link in a mail may choose; undefined when the link is unknown, used,
 * too old, of another space, or was mailed to an address that is no longer the account's.
 */
export async function findAccountOfLink(
  platform: Pick<AccountsPlatform, 'db' | 'clock' | 'config'>,
  space: Pick<Space, 'domain'>,
  token: string,
): Promise<{ readonly account: Account; readonly tokenId: number } | undefined> {
  const found = await findResetPasswordEmailToken(platform, token);
  if (found === undefined || found.expired) return undefined;
  const { id, account_id: accountId, email } = found.row;
  const account = await getAccountInSpace(platform, space, accountId).catch(() => undefined);
  if (account === undefined || account.email !== email) return undefined;
  return { account, tokenId: id };
}

/**
 * Chooses the password of the account of a link, once.
 * @throws ServiceError `token.refused`, `space.no_digest`
 */
export async function resetPasswordByLink(
  platform: AccountsPlatform,
  space: Pick<Space, 'domain'>,
  token: string,
  password: string,
): Promise<void> {
  const found = await findAccountOfLink(platform, space, token);
  if (found === undefined) throw forbidden('token.refused');
  const { account, tokenId } = found;
  await choosePassword(platform, account.id, password, async (trx) => {
    if (!(await consumeResetPasswordEmailToken(trx, { id: tokenId }, platform.clock.now()))) {
      throw forbidden('token.refused');
    }
  });
}
