import type { Account } from '../../accounts/account.ts';
import type { AccountsPlatform } from '../../accounts/account-hooks.ts';
import { deactivateAccount } from '../../accounts/account.service.ts';
import { selectAccountsByEmail } from '../../accounts/account.repository.ts';
import { createAccount } from '../../accounts/create-account.ts';
import { addressOfSipUri } from '../../auth/from-header.ts';
import { isServiceError } from '../../errors/service-error.ts';
import type { Space } from '../../spaces/space.ts';
import type { Origin } from '../../tokens/life-cycle.ts';
import type { Profile } from './fetch-profile.ts';

const PASSWORD_LENGTH = 12;
/** Numbers tried after a username that is taken. */
const MAX_SUFFIX = 1000;

/**
 * The account as which a profile signs in, found by its e-mail address in the space. Where the space
 * creates accounts by itself, the realm role decides: who lacks it loses the account, who has it gets
 * one (flexiapi-core.md §4.5). An address that several accounts share signs in nobody.
 */
export async function accountOfProfile(
  platform: AccountsPlatform,
  space: Space,
  { email, roles }: Profile,
  origin: Origin,
): Promise<Account | undefined> {
  const { oidc } = space;
  if (oidc === undefined || email === undefined) return undefined;
  const accounts = await selectAccountsByEmail(platform.db, email, space.domain);
  const [account] = accounts;
  if (!oidc.autoProvisioning) return accounts.length === 1 ? account : undefined;
  if (oidc.roleProvisioning === undefined || !roles.includes(oidc.roleProvisioning)) {
    for (const { id } of accounts) await deactivateAccount(platform, id);
    return undefined;
  }
  if (account !== undefined) return accounts.length === 1 ? account : undefined;
  return provision(platform, space, email, origin);
}

/** A new account called like the local part of its address, numbered while that is taken. */
async function provision(
  platform: AccountsPlatform,
  space: Space,
  email: string,
  { ip = '', userAgent }: Origin,
): Promise<Account | undefined> {
  const name = email.slice(0, email.lastIndexOf('@')).toLowerCase();
  if (addressOfSipUri(`sip:${name}@${space.domain}`)?.username !== name) return undefined;
  for (let suffix = 0; suffix <= MAX_SUFFIX; suffix++) {
    try {
      return await createAccount(platform, space, {
        username: suffix === 0 ? name : `${name}${suffix}`,
        password: platform.random.token(PASSWORD_LENGTH),
        email,
        ipAddress: ip,
        userAgent,
      });
    } catch (error) {
      if (!isServiceError(error, 'invalid')) throw error;
      const faults = [error.fields['username'] ?? []].flat();
      const onlyTaken = Object.keys(error.fields).length === 1 && faults[0] === 'validation.unique';
      if (!onlyTaken || faults.length !== 1) return undefined;
    }
  }
  return undefined;
}
