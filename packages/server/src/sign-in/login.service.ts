import { networkOf } from '@dialtone/sip';
import type { Account } from '../accounts/account.ts';
import { selectAccount } from '../accounts/account.repository.ts';
import { matchesPassword } from '../accounts/password/hash-password.ts';
import { selectPasswords } from '../accounts/password/password.repository.ts';
import { parsePhoneNumber } from '../accounts/phone/phone-number.ts';
import type { FailureLimit } from '../auth/failure-limit.ts';
import type { RequestContext } from '../http/request-context.ts';
import type { Platform } from '../platform.ts';
import type { Space } from '../spaces/space.ts';

/** Columns are no wider. Longer names share a counter: what strangers type must not fill the memory. */
const longestName = 64;

/**
 * The account of a username, else of a phone number, if the password is its own. Unknown names and
 * wrong passwords look and count the same.
 * @throws ServiceError `request.too_many` after many wrong passwords
 */
export async function authenticate(
  { db }: Pick<Platform, 'db'>,
  failures: FailureLimit,
  { space, ip }: Pick<RequestContext, 'space' | 'ip'>,
  username: string,
  password: string,
): Promise<Account | undefined> {
  const account = await findByName(db, space, username);
  // By account: a name has many spellings, such as those of a phone number, an account has one budget.
  const named = `login ${space.domain} ${username.toLowerCase().slice(0, longestName)}`;
  const guesser = `${account?.id ?? named}:${networkOf(ip)}`;
  const judge = async (): Promise<boolean> =>
    account !== undefined &&
    matchesPassword(space, account.username, password, await selectPasswords(db, account.id));
  const right = await failures.attempt(guesser, judge, (is) => !is);
  return right ? account : undefined;
}

async function findByName(
  db: Platform['db'],
  { domain }: Space,
  name: string,
): Promise<Account | undefined> {
  const account = await selectAccount(db, { username: name, domain });
  if (account !== undefined) return account;
  const phone = parsePhoneNumber(name)?.e164;
  return phone === undefined ? undefined : selectAccount(db, { phone, domain });
}
