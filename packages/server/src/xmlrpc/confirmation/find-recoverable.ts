import type { Account } from '../../accounts/account.ts';
import { findAccountById } from '../../accounts/account.service.ts';
import type { Call } from '../method.ts';
import { findByAlias, findNamed } from '../named-account.ts';
import { findCreationWaitingFor } from './confirmation-key.repository.ts';

/**
 * The account that a code sent to `phone` (in stored form) recovers: the one of that name, with that
 * alias, or whose creation waits for the code of that phone, since the SMS may have been lost.
 */
export async function findRecoverable(
  call: Pick<Call, 'platform' | 'context'>,
  phone: string,
): Promise<Account | undefined> {
  const known = (await findNamed(call, phone)) ?? (await findByAlias(call, phone));
  if (known !== undefined) return known;
  const { platform, context } = call;
  const id = await findCreationWaitingFor(platform.db, phone, context.space.domain);
  return id === undefined ? undefined : findAccountById(platform, id);
}
