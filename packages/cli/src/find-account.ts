import { type Account, findAccountByAddress, type Platform } from '@dialtone/server';
import { UsageError } from './output/usage-error.ts';
import { parseAccountAddress } from './parse-account-address.ts';
import { resolveDomain } from './resolve-domain.ts';

/**
 * The account a command line names.
 * @throws UsageError
 */
export async function findAccount(
  platform: Pick<Platform, 'db' | 'config'>,
  address: string,
): Promise<Account> {
  const { username, domain } = parseAccountAddress(address);
  const space = await resolveDomain(platform, domain);
  const account = await findAccountByAddress(platform, username, space.domain);
  if (account !== undefined) return account;
  throw new UsageError(
    `There is no account ${username}@${space.domain}. List them: dialtone account list ${space.domain}`,
  );
}
