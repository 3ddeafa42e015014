import { expressionBuilder } from 'kysely';
import type { Database } from '../db/database.ts';
import { oldRows } from './old-rows.ts';

/** Request tokens that were never exchanged: anybody may ask for them, and they have no end of their own. */
export const oldRequestTokens = oldRows(
  ['account_creation_request_tokens'],
  expressionBuilder<Database, 'account_creation_request_tokens'>().eb('used', '=', 0),
);

/**
 * Provisioning tokens that a newer one of their account has replaced. The newest stays, used or not:
 * without it the one before would count again.
 */
export const replacedProvisioningTokens = oldRows(
  ['provisioning_tokens'],
  expressionBuilder<Database, 'provisioning_tokens'>().exists((select) =>
    select
      .selectFrom('provisioning_tokens as newer')
      .select('newer.id')
      .whereRef('newer.account_id', '=', 'provisioning_tokens.account_id')
      .whereRef('newer.id', '>', 'provisioning_tokens.id'),
  ),
);
