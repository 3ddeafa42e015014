import { z } from 'zod';
import { type Account, parseAddress } from '../accounts/account.ts';
import type { AccountsPlatform } from '../accounts/account-hooks.ts';
import { notFound } from '../errors/service-error.ts';
import type { RequestContext } from '../http/request-context.ts';
import { getUsable } from '../xmlrpc/named-account.ts';
import { refusingAsApi } from './refusal.ts';

/** `user@domain` in a path. */
export const addressParams = z.object({ sip: z.string() });

/**
 * The account that a caller wants to prove to own by a key.
 * @throws ServiceError `account.not_found`, also for a blocked one
 */
export async function getAddressed(
  platform: AccountsPlatform,
  context: RequestContext,
  address: string,
): Promise<Account> {
  const parts = parseAddress(address);
  if (parts?.domain.toLowerCase() !== context.space.domain) throw notFound('account.not_found');
  return refusingAsApi(() => getUsable({ platform, context }, parts.username));
}
