import { forbidden, invalid, notFound } from '../errors/service-error.ts';
import type { AuthenticatedContext } from '../http/request-context.ts';
import type { Platform } from '../platform.ts';
import { findSpaceByDomain } from '../spaces/space.service.ts';
import type { Space } from '../spaces/space.ts';
import type { Account } from './account.ts';
import { findAccountById, getAccountInSpace } from './account.service.ts';

type Reader = Pick<Platform, 'db'>;
type Scope = Pick<AuthenticatedContext, 'caller' | 'space'>;

/**
 * The id of the caller's own account. On the host of a space that is not theirs, users are strangers;
 * super administrators are at home everywhere (flexiapi-core.md §3.3, §12 number 2).
 * @throws ServiceError `account.not_found`
 */
export function ownAccount({ caller, space }: Scope): Pick<Account, 'id'> {
  if (!caller.superAdmin && caller.domain !== space.domain) throw notFound('account.not_found');
  return { id: caller.accountId };
}

/** The caller's own account. @throws like ownAccount */
export async function getCallerAccount(platform: Reader, scope: Scope): Promise<Account> {
  return getManagedAccount(platform, scope, scope.caller.accountId);
}

/**
 * An account that the caller may change: of the space of this host, or for super administrators any.
 * @throws ServiceError `account.not_found`
 */
export async function getManagedAccount(
  platform: Reader,
  { caller, space }: Scope,
  id: number,
): Promise<Account> {
  if (!caller.superAdmin) return getAccountInSpace(platform, space, id);
  const account = await findAccountById(platform, id);
  if (account === undefined) throw notFound('account.not_found');
  return account;
}

/**
 * The space in which the caller's new account goes: super administrators choose it by `domain`, for
 * others it is the one of this host (flexiapi-core.md §6.2).
 * @throws ServiceError `space.unknown_domain`
 */
export async function getTargetSpace(
  platform: Reader,
  { caller, space }: Scope,
  domain: unknown,
): Promise<Space> {
  if (!caller.superAdmin || typeof domain !== 'string') return space;
  const target = await findSpaceByDomain(platform, domain);
  if (target === undefined) throw forbidden('space.unknown_domain');
  return target;
}

/** @throws ServiceError `validation.failed` when `domain` is given and no space has it */
export async function refuseUnknownDomain(
  platform: Reader,
  domain: string | null | undefined,
): Promise<void> {
  if (domain === undefined || domain === null) return;
  if ((await findSpaceByDomain(platform, domain)) === undefined) {
    throw invalid({ domain: 'validation.exists' });
  }
}
