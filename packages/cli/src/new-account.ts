import { createAccountBodySchema } from '@dialtone/contract';
import { type Account, createAccount, type Platform } from '@dialtone/server';
import { UsageError } from './output/usage-error.ts';
import { parseAccountAddress } from './parse-account-address.ts';
import { requireDigest, resolveDomain } from './resolve-domain.ts';

/** What a command line or a line of a file says about an account. */
interface AccountDetails {
  readonly password?: string | undefined;
  readonly displayName?: string | undefined;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly activated: boolean;
}

/**
 * Creates the account of `address`, made on this machine.
 * @throws UsageError, ServiceError
 */
export async function newAccount(
  platform: Platform,
  address: string,
  details: AccountDetails,
): Promise<Account> {
  const { username, domain } = parseAccountAddress(address);
  if (!createAccountBodySchema.shape.email.safeParse(details.email).success) {
    throw new UsageError(`"${details.email}" is no email address.`);
  }
  const space = await resolveDomain(platform, domain);
  if (details.password !== undefined) requireDigest(space);
  return createAccount(platform, space, {
    username,
    ...details,
    ipAddress: '127.0.0.1',
    userAgent: 'dialtone',
  });
}
