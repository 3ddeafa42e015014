import type { Account } from '../../account/account.ts';
import type { AuthInfo } from '../../auth-info/auth-info.ts';

/**
 * The entries that are of use to this account alone: same user, its domain or none; entries without a
 * domain only when no other account has that user name.
 */
export function credentialsOfAccount(
  infos: Iterable<AuthInfo>,
  account: Account,
  others: Iterable<Account>,
): readonly AuthInfo[] {
  const identity = account.settings.identityAddress;
  if (identity === null || identity.username === null) return [];
  const { username, domain } = identity;
  const namesakes = [...others].flatMap(({ settings }) => {
    const other = settings.identityAddress;
    return other?.username === username ? [other.domain] : [];
  });
  return [...infos].filter((info) => {
    if (info.username !== username) return false;
    return info.domain === null
      ? namesakes.length === 0
      : info.domain === domain && !namesakes.includes(domain);
  });
}
