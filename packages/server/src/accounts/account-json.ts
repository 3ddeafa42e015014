import {
  type AccountJson,
  jsonDate,
  jsonDateOrNull,
  type PasswordAlgorithm,
} from '@dialtone/contract';
import { toJsonDate } from '../db/dates.ts';
import { whileUnchanged } from '../db/while-unchanged.ts';
import { notFound } from '../errors/service-error.ts';
import type { Platform } from '../platform.ts';
import { carddavServerJson } from '../spaces/carddav/carddav-json.ts';
import type { AccountCarddavServer } from '../spaces/carddav/carddav-credentials.repository.ts';
import { expiryOf } from '../tokens/life-cycle.ts';
import { type Account, sipUriOf } from './account.ts';
import {
  type AccountDetails,
  selectAccountDetails,
  type ShownCode,
} from './account-details.repository.ts';

/** Which keys an account object has beside those that all have (flexiapi-core.md §2.1). */
export interface AccountView {
  /** Algorithms of the stored passwords. */
  readonly passwords: boolean;
  readonly phoneChangeCode: boolean;
  /** The codes themselves in the pending changes: administrators only. */
  readonly codes: boolean;
}

/** What owners and most endpoints see. */
export const baseView: AccountView = { passwords: true, phoneChangeCode: false, codes: false };
/** An account in a list. */
export const listView: AccountView = { passwords: false, phoneChangeCode: true, codes: false };
/** One account, for an administrator. */
export const adminView: AccountView = { passwords: false, phoneChangeCode: true, codes: true };

type Reader = Pick<Platform, 'db' | 'config'>;

type Identified = Pick<Account, 'id'>;

/**
 * The public object of an account, as it is now.
 * @throws ServiceError `account.not_found`
 */
export async function presentAccount(
  platform: Reader,
  account: Identified,
  view: AccountView = baseView,
): Promise<AccountJson> {
  const [presented] = await presentAccounts(platform, [account], view);
  if (presented === undefined) throw notFound('account.not_found');
  return presented;
}

/** The JSON text of `presentAccount`, written once for as long as nothing changes. */
export function accountTexts(platform: Reader): (id: number) => string | Promise<string> {
  const text = whileUnchanged(
    async (db, id: number) => JSON.stringify(await presentAccount({ ...platform, db }, { id })),
    (id) => id,
  );
  return (id) => text(platform.db, id);
}

/** The public objects of accounts as they are now, in their order, without those that are gone. */
export async function presentAccounts(
  platform: Reader,
  accounts: readonly Identified[],
  view: AccountView,
): Promise<AccountJson[]> {
  const details = await selectAccountDetails(
    platform.db,
    accounts.map(({ id }) => id),
  );
  const minutes = platform.config.expiry.provisioningTokenMinutes;
  return accounts.flatMap(({ id }) => {
    const its = details.get(id);
    return its === undefined ? [] : [accountJson(its, view, minutes)];
  });
}

function accountJson(
  details: AccountDetails,
  view: AccountView,
  provisioningTokenMinutes: number,
): AccountJson {
  const { account } = details;
  const token = details.provisioningToken;
  const current = token?.used === 0 ? token : undefined;
  const expiry =
    current === undefined ? undefined : expiryOf(current.created_at, provisioningTokenMinutes);
  return {
    id: account.id,
    username: account.username,
    domain: account.domain,
    email: account.email ?? null,
    activated: account.activated,
    ip_address: account.ipAddress,
    user_agent: account.userAgent,
    created_at: jsonDate(account.createdAt),
    display_name: account.displayName ?? null,
    dtmf_protocol: account.dtmfProtocol ?? null,
    updated_at: jsonDateOrNull(account.updatedAt),
    blocked: account.blocked,
    admin: account.admin,
    phone: account.phone ?? null,
    provisioning_token: current?.token ?? null,
    provisioning_token_expire_at: jsonDateOrNull(expiry),
    dictionary: details.dictionary,
    sip_uri: sipUriOf(account),
    ...(view.passwords
      ? { passwords: details.algorithms.map((algorithm) => ({ algorithm: named(algorithm) })) }
      : {}),
    email_change_code: changeCode('email', details.emailChangeCode, view),
    ...(view.phoneChangeCode
      ? { phone_change_code: changeCode('phone', details.phoneChangeCode, view) }
      : {}),
    types: [...details.types],
    actions: [...details.actions],
    carddav_servers: details.carddavServers.map((server) => carddavServerOf(server)),
  };
}

function named(algorithm: string): PasswordAlgorithm {
  return algorithm === 'SHA-256' ? 'SHA-256' : 'MD5';
}

/** A pending change; null once its code is spent. */
function changeCode<Target extends 'email' | 'phone'>(
  target: Target,
  row: ShownCode | undefined,
  view: AccountView,
) {
  if (row === undefined || row.code === null) return null;
  const { code, created_at, updated_at, ip, user_agent } = row;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a computed key is typed as any text
  const sentTo = { [target]: row[target] ?? '' } as Record<Target, string>;
  return {
    ...sentTo,
    created_at: created_at === null ? null : toJsonDate(created_at),
    updated_at: updated_at === null ? null : toJsonDate(updated_at),
    ip,
    user_agent,
    ...(view.codes ? { code } : {}),
  };
}

/** FAM put the password hash in here as well (flexiapi-core.md §12 number 12). */
function carddavServerOf({ account_id, server, credentials }: AccountCarddavServer) {
  return {
    ...carddavServerJson(server),
    pivot: {
      account_id,
      space_carddav_server_id: server.id,
      username: credentials.username,
      realm: credentials.realm,
      algorithm: credentials.algorithm,
    },
  };
}
