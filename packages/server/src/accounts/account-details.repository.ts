import type { Db } from '../db/database.ts';
import { prepare } from '../db/prepared.ts';
import { type CodeRow, selectNewestCodes } from '../tokens/code.ts';
import {
  type ProvisioningTokenRow,
  selectNewestProvisioningTokens,
} from '../tokens/provisioning-token.ts';
import {
  type AccountCarddavServer,
  selectCarddavServersOfAccounts,
} from '../spaces/carddav/carddav-credentials.repository.ts';
import type { Dictionary } from './account.ts';

/** What hangs below an account and is shown with it. */
export interface AccountDetails {
  /** The newest token, used or not. */
  readonly provisioningToken: ProvisioningTokenRow | undefined;
  readonly dictionary: Dictionary;
  /** Algorithms of the stored passwords, in storage order. */
  readonly algorithms: readonly string[];
  /** The newest codes, pending or not. */
  readonly emailChangeCode: CodeRow | undefined;
  readonly phoneChangeCode: CodeRow | undefined;
  readonly types: readonly { readonly id: number; readonly key: string }[];
  readonly actions: readonly { readonly id: number; readonly key: string; readonly code: string }[];
  readonly carddavServers: readonly AccountCarddavServer[];
}

/** The details of all given accounts by id: a fixed number of queries, however many accounts. */
export async function selectAccountDetails(
  db: Db,
  accountIds: readonly number[],
): Promise<ReadonlyMap<number, AccountDetails>> {
  if (accountIds.length === 0) return new Map();
  const tokens = byAccount(await selectNewestProvisioningTokens(db, accountIds));
  const emailCodes = byAccount(await selectNewestCodes(db, 'email_change_codes', accountIds));
  const phoneCodes = byAccount(await selectNewestCodes(db, 'phone_change_codes', accountIds));
  const entries = byAccount(await selectDictionaries(db, accountIds));
  const passwords = byAccount(await selectAlgorithms(db, accountIds));
  const types = byAccount(await selectTypes(db, accountIds));
  const actions = byAccount(await selectActions(db, accountIds));
  const servers = byAccount(await selectCarddavServersOfAccounts(db, accountIds));
  return new Map(
    accountIds.map((id) => [
      id,
      {
        provisioningToken: tokens.get(id)?.[0],
        emailChangeCode: emailCodes.get(id)?.[0],
        phoneChangeCode: phoneCodes.get(id)?.[0],
        dictionary: Object.fromEntries(
          entries.get(id)?.map(({ key, value }) => [key, value]) ?? [],
        ),
        algorithms: passwords.get(id)?.map(({ algorithm }) => algorithm) ?? [],
        types: types.get(id)?.map(({ id, key }) => ({ id, key })) ?? [],
        actions: actions.get(id)?.map(({ id, key, code }) => ({ id, key, code })) ?? [],
        carddavServers: servers.get(id) ?? [],
      },
    ]),
  );
}

function byAccount<Row extends { readonly account_id: number }>(
  rows: readonly Row[],
): Map<number, Row[]> {
  return Map.groupBy(rows, (row) => row.account_id);
}

type OfAccount<Columns> = Columns & { readonly account_id: number };

const selectDictionaries = prepare<
  readonly number[],
  OfAccount<{ readonly key: string; readonly value: string }>
>((db, accountIds) =>
  db
    .selectFrom('account_dictionary_entries')
    .select(['account_id', 'key', 'value'])
    .where('account_id', 'in', accountIds)
    .orderBy('id'),
);

const selectAlgorithms = prepare<readonly number[], OfAccount<{ readonly algorithm: string }>>(
  (db, accountIds) =>
    db
      .selectFrom('passwords')
      .select(['account_id', 'algorithm'])
      .where('account_id', 'in', accountIds)
      .orderBy('id'),
);

const selectTypes = prepare<
  readonly number[],
  OfAccount<{ readonly id: number; readonly key: string }>
>((db, accountIds) =>
  db
    .selectFrom('account_account_type as link')
    .innerJoin('account_types as type', 'type.id', 'link.account_type_id')
    .select(['link.account_id', 'type.id', 'type.key'])
    .where('link.account_id', 'in', accountIds)
    .orderBy('type.id'),
);

/** Actions are kept but not shown while the account has no DTMF protocol. */
const selectActions = prepare<
  readonly number[],
  OfAccount<{ readonly id: number; readonly key: string; readonly code: string }>
>((db, accountIds) =>
  db
    .selectFrom('account_actions as action')
    .innerJoin('accounts', 'accounts.id', 'action.account_id')
    .select(['action.account_id', 'action.id', 'action.key', 'action.code'])
    .where('action.account_id', 'in', accountIds)
    .where('accounts.dtmf_protocol', 'is not', null)
    .orderBy('action.id'),
);
