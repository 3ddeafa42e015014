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
  refuseUnfit(details);
  const space = await resolveDomain(platform, domain);
  if (details.password !== undefined) requireDigest(space);
  return createAccount(platform, space, {
    username,
    ...details,
    ipAddress: '127.0.0.1',
    userAgent: 'dialtone',
  });
}

/** What the REST API refuses by its schema and no service looks at again. @throws UsageError */
export function refuseUnfit({
  email,
  displayName,
  password,
}: {
  readonly email?: string | null | undefined;
  readonly displayName?: string | null | undefined;
  readonly password?: string | undefined;
}): void {
  const { shape } = createAccountBodySchema;
  if (!shape.email.safeParse(email).success) {
    throw new UsageError(`"${email}" is no email address.`);
  }
  if (!shape.display_name.safeParse(displayName).success) {
    throw new UsageError('The display name is longer than 255 characters.');
  }
  if ([displayName, password].some((text) => text?.includes('\0'))) {
    throw new UsageError('Neither name nor password may hold a NUL character.');
  }
}
