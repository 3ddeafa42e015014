import type { Selectable } from 'kysely';
import type { Database, Db } from '../db/database.ts';
import { fromDbDate, toDbDate } from '../db/dates.ts';

/** Tables whose tokens are spent by their `used` column, and by nothing but that. */
export type SpendableTable =
  | 'account_creation_request_tokens'
  | 'account_creation_tokens'
  | 'account_recovery_tokens'
  | 'reset_password_email_tokens';

/** Who asked for a token or code; kept beside it. */
export interface Origin {
  readonly ip?: string | undefined;
  readonly userAgent?: string | undefined;
}

/** Lengths of random tokens, `[A-Za-z0-9]` (flexiapi-core.md §2.4). */
export const tokenLengths = {
  provisioning: 13,
  accountCreation: 13,
  accountCreationRequest: 13,
  accountRecovery: 13,
  auth: 32,
  resetPasswordEmail: 16,
  wizard: 8,
} as const;

/** Columns that every table of tokens and codes fills alike. */
export function originColumns(origin: Origin, now: number) {
  return {
    ip: origin.ip?.slice(0, 255) ?? null,
    user_agent: origin.userAgent?.slice(0, 255) ?? null,
    created_at: toDbDate(now),
    updated_at: toDbDate(now),
  };
}

/** The unused row of `token`. MariaDB compares without regard to case, a token is one spelling only. */
export async function findUnusedToken<T extends SpendableTable>(
  db: Db,
  table: T,
  token: string,
): Promise<Selectable<Database[T]> | undefined> {
  const shared: SpendableTable = table;
  const rows = await db
    .selectFrom(shared)
    .selectAll()
    .where('token', '=', token)
    .where('used', '=', 0)
    .execute();
  const row = rows.find((candidate) => candidate.token === token);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- rows of `shared` are rows of `table`
  return row as Selectable<Database[T]> | undefined;
}

/**
 * Spends a token: one conditional update, so that of any number of simultaneous calls exactly one
 * gets true. In a transaction, the token is unspent again if that rolls back.
 */
export async function spendToken(
  db: Db,
  table: SpendableTable,
  id: number,
  now: number,
): Promise<boolean> {
  const result = await db
    .updateTable(table)
    .set({ used: 1, updated_at: toDbDate(now) })
    .where('id', '=', id)
    .where('used', '=', 0)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** End of life (ms) of what was created at `createdAt`; undefined when `minutes` is 0: for ever. */
export function expiryOf(createdAt: string | null, minutes: number): number | undefined {
  if (minutes <= 0) return undefined;
  return (createdAt === null ? 0 : fromDbDate(createdAt)) + minutes * 60_000;
}

/** Whether what was created at `createdAt` has outlived `minutes` (0 = never). */
export function hasExpired(createdAt: string | null, minutes: number, now: number): boolean {
  const end = expiryOf(createdAt, minutes);
  return end !== undefined && end < now;
}
