import type { PushProvider } from '@dialtone/contract';
import type { Db } from '../db/database.ts';
import { toDbDate } from '../db/dates.ts';

/** The app on a device to which a token is pushed (RFC 8599 parameters). */
export interface PushTarget {
  readonly provider: PushProvider;
  /** Application identifier. */
  readonly param: string;
  /** Device token. */
  readonly prid: string;
}

/**
 * Whether the device has already spent a token that was created within the last `minutes`. Tokens
 * that were never used do not count (flexiapi-core.md §5.2).
 */
export async function spentTokenLately(
  db: Db,
  table: 'account_creation_tokens' | 'account_recovery_tokens',
  target: PushTarget,
  minutes: number,
  now: number,
): Promise<boolean> {
  const row = await db
    .selectFrom(table)
    .select('id')
    .where('pn_provider', '=', target.provider)
    .where('pn_param', '=', target.param)
    .where('pn_prid', '=', target.prid)
    .where('used', '=', 1)
    .where('created_at', '>=', toDbDate(now - minutes * 60_000))
    .executeTakeFirst();
  return row !== undefined;
}

/** The columns of a target. */
export function pushColumns(target: PushTarget) {
  return { pn_provider: target.provider, pn_param: target.param, pn_prid: target.prid };
}
