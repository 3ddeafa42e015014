import { type Selectable, sql } from 'kysely';
import type { Database, Db } from '../db/database.ts';
import { fromJson, type Json, jsonRow, jsonRows } from '../db/json-columns.ts';
import { prepare } from '../db/prepared.ts';
import {
  type AccountCarddavServer,
  selectCarddavServersOfAccounts,
} from '../spaces/carddav/carddav-credentials.repository.ts';
import type { CodeRow } from '../tokens/code.ts';
import type { Account, Dictionary } from './account.ts';
import { accountFromRow } from './account.repository.ts';

/** What is shown of a provisioning token. */
type Token = Pick<Selectable<Database['provisioning_tokens']>, 'token' | 'used' | 'created_at'>;

/** What is shown of a code. */
export type ShownCode = Omit<CodeRow, 'id' | 'account_id'>;

/** An account with what hangs below it and is shown with it. */
export interface AccountDetails {
  readonly account: Account;
  /** The newest token, used or not. */
  readonly provisioningToken: Token | undefined;
  readonly dictionary: Dictionary;
  /** Algorithms of the stored passwords, in storage order. */
  readonly algorithms: readonly string[];
  /** The newest codes, pending or not. */
  readonly emailChangeCode: ShownCode | undefined;
  readonly phoneChangeCode: ShownCode | undefined;
  readonly types: readonly { readonly id: number; readonly key: string }[];
  readonly actions: readonly { readonly id: number; readonly key: string; readonly code: string }[];
  readonly carddavServers: readonly AccountCarddavServer[];
}

/** The given accounts with their details, by id: two queries at most, however many accounts. */
export async function selectAccountDetails(
  db: Db,
  accountIds: readonly number[],
): Promise<ReadonlyMap<number, AccountDetails>> {
  if (accountIds.length === 0) return new Map();
  const rows = await detailsOf(db, accountIds);
  const withServers = rows.filter((row) => row.carddav_servers > 0).map(({ id }) => id);
  const servers =
    withServers.length === 0 ? [] : await selectCarddavServersOfAccounts(db, withServers);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        account: accountFromRow(row),
        provisioningToken: row.token === null ? undefined : fromJson(row.token),
        emailChangeCode: row.email_code === null ? undefined : fromJson(row.email_code),
        phoneChangeCode: row.phone_code === null ? undefined : fromJson(row.phone_code),
        dictionary: Object.fromEntries(inOrder(row.entries).map(({ key, value }) => [key, value])),
        algorithms: inOrder(row.passwords).map(({ algorithm }) => algorithm),
        types: inOrder(row.types),
        actions: inOrder(row.actions),
        carddavServers: servers.filter(({ account_id }) => account_id === row.id),
      },
    ]),
  );
}

/** Rows in the order in which they were made. */
function inOrder<Row extends { readonly id: number }>(
  json: Json<readonly Row[]> | null,
): readonly Row[] {
  return json === null || json === '[]' ? [] : fromJson(json).toSorted((a, b) => a.id - b.id);
}

interface DetailsRow extends Selectable<Database['accounts']> {
  readonly token: Json<Token> | null;
  readonly email_code: Json<ShownCode> | null;
  readonly phone_code: Json<ShownCode> | null;
  readonly entries: Json<readonly { id: number; key: string; value: string }[]> | null;
  readonly passwords: Json<readonly { id: number; algorithm: string }[]> | null;
  readonly types: Json<readonly { id: number; key: string }[]> | null;
  readonly actions: Json<readonly { id: number; key: string; code: string }[]> | null;
  readonly carddav_servers: number;
}

const one = sql.lit(1);
const codeColumns = ['code', 'created_at', 'updated_at', 'ip', 'user_agent'] as const;

const detailsOf = prepare<readonly number[], DetailsRow>((db, accountIds) =>
  db
    .selectFrom('accounts')
    .where('accounts.id', 'in', accountIds)
    .selectAll('accounts')
    .select((of) => [
      of
        .selectFrom('provisioning_tokens')
        .select(jsonRow(db, 'provisioning_tokens', ['token', 'used', 'created_at']).as('json'))
        .whereRef('provisioning_tokens.account_id', '=', 'accounts.id')
        .orderBy('provisioning_tokens.id', 'desc')
        .limit(one)
        .as('token'),
      of
        .selectFrom('email_change_codes')
        .select(jsonRow(db, 'email_change_codes', ['email', ...codeColumns]).as('json'))
        .whereRef('email_change_codes.account_id', '=', 'accounts.id')
        .orderBy('email_change_codes.id', 'desc')
        .limit(one)
        .as('email_code'),
      of
        .selectFrom('phone_change_codes')
        .select(jsonRow(db, 'phone_change_codes', ['phone', ...codeColumns]).as('json'))
        .whereRef('phone_change_codes.account_id', '=', 'accounts.id')
        .orderBy('phone_change_codes.id', 'desc')
        .limit(one)
        .as('phone_code'),
      of
        .selectFrom('account_dictionary_entries')
        .select(jsonRows(db, 'account_dictionary_entries', ['id', 'key', 'value']).as('json'))
        .whereRef('account_dictionary_entries.account_id', '=', 'accounts.id')
        .as('entries'),
      of
        .selectFrom('passwords')
        .select(jsonRows(db, 'passwords', ['id', 'algorithm']).as('json'))
        .whereRef('passwords.account_id', '=', 'accounts.id')
        .as('passwords'),
      of
        .selectFrom('account_account_type')
        .innerJoin('account_types', 'account_types.id', 'account_type_id')
        .select(jsonRows(db, 'account_types', ['id', 'key']).as('json'))
        .whereRef('account_account_type.account_id', '=', 'accounts.id')
        .as('types'),
      of
        .selectFrom('account_actions')
        .select(jsonRows(db, 'account_actions', ['id', 'key', 'code']).as('json'))
        .whereRef('account_actions.account_id', '=', 'accounts.id')
        // Kept but not shown while the account has no DTMF protocol.
        .where('accounts.dtmf_protocol', 'is not', null)
        .as('actions'),
      of
        .selectFrom('account_carddav_credentials')
        .select(sql<number>`count(*)`.as('total'))
        .whereRef('account_carddav_credentials.account_id', '=', 'accounts.id')
        .as('carddav_servers'),
    ]),
);
