import { recordOf } from '@dialtone/contract';
import { type Insertable, sql } from 'kysely';
import type { Database, Db } from '../db/database.ts';
import { toDbDate } from '../db/dates.ts';
import { insertReturningId } from '../db/insert.ts';
import { prepare } from '../db/prepared.ts';
import { transaction } from '../db/transaction.ts';
import type { Platform } from '../platform.ts';
import { hasExpired, type Origin, originColumns } from './life-cycle.ts';

/** Tables of four-digit codes; the current code is the newest row, while its `code` is there. */
const codeTables = ['email_change_codes', 'phone_change_codes', 'recovery_codes'] as const;
export type CodeTable = (typeof codeTables)[number];

/** A row of any of them. */
export interface CodeRow {
  readonly id: number;
  readonly account_id: number;
  readonly code: string | null;
  readonly created_at: string | null;
  readonly updated_at: string | null;
  readonly ip: string | null;
  readonly user_agent: string | null;
  /** Where the code was sent; one of the two. */
  readonly email?: string | null;
  readonly phone?: string | null;
}

/** Where a code is sent: the columns of its table beside those that all share. */
type Target<T extends CodeTable> = Pick<
  Insertable<Database[T]>,
  Extract<'email' | 'phone', keyof Insertable<Database[T]>>
>;

/** What became of a try. `expired` also when too many were wrong. */
export type CodeUse =
  | { readonly outcome: 'confirmed' }
  | { readonly outcome: 'wrong'; readonly attemptsLeft: number | undefined }
  | { readonly outcome: 'expired' }
  | { readonly outcome: 'none' };

/** Limits of a kind of code. */
export interface CodeLimits {
  /** Life in minutes; 0 = for ever. */
  readonly minutes: number;
  /** Wrong tries after which the code is void; 0 = no limit. */
  readonly attempts: number;
}

/** Creates and returns a code, four digits without leading zero; the account's earlier ones are void. */
export async function issueCode<T extends CodeTable>(
  platform: Pick<Platform, 'db' | 'clock' | 'random'>,
  table: T,
  accountId: number,
  target: Target<T>,
  origin: Origin,
): Promise<string> {
  const code = String(1000 + Math.floor(platform.random.float() * 9000));
  const row = {
    account_id: accountId,
    code,
    ...target,
    ...originColumns(origin, platform.clock.now()),
  };
  await transaction(platform.db, async (trx) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `target` completes the shared columns
    const codeId = await insertReturningId(trx, table, row as Insertable<Database[T]>);
    if (table === 'recovery_codes') return;
    await trx
      .deleteFrom('dialtone_code_attempts')
      .where('account_id', '=', accountId)
      .where('kind', '=', table)
      .execute();
    await trx
      .insertInto('dialtone_code_attempts')
      .values({ account_id: accountId, kind: table, code_id: codeId })
      .execute();
  });
  return code;
}

const newestCodes = recordOf(codeTables, (table) =>
  prepare<{ readonly accountId: number }, CodeRow>((db, { accountId }) =>
    db
      .selectFrom(table)
      .selectAll()
      .where('account_id', '=', accountId)
      .orderBy('id', 'desc')
      .limit(sql.lit(1)),
  ),
);

/**
 * Tries `code` as the current one of an account. Every try is counted before it is compared, so
 * simultaneous guesses share one limit; `effect` happens in the transaction that spends the code, so
 * exactly one right try has it.
 */
export async function confirmCode(
  platform: Pick<Platform, 'db' | 'clock'>,
  table: CodeTable,
  attempt: { readonly accountId: number; readonly code: string; readonly limits: CodeLimits },
  effect: (trx: Db, sentTo: string) => Promise<void>,
): Promise<CodeUse> {
  const { accountId, code, limits } = attempt;
  const { db } = platform;
  const now = platform.clock.now();
  const [row] = await newestCodes[table](db, { accountId });
  if (row === undefined || row.code === null) return { outcome: 'none' };
  if (hasExpired(row.created_at, limits.minutes, now)) return { outcome: 'expired' };
  if (limits.attempts > 0 && !(await countAttempt(db, table, row, limits.attempts))) {
    return { outcome: 'expired' };
  }
  if (row.code !== code) {
    const attemptsLeft =
      limits.attempts > 0 ? limits.attempts - (await attemptsOf(db, table, row)) : undefined;
    return { outcome: 'wrong', attemptsLeft };
  }
  return transaction(db, async (trx): Promise<CodeUse> => {
    const spent = await trx
      .updateTable(table)
      .set({ code: null, updated_at: toDbDate(now) })
      .where('id', '=', row.id)
      .where('code', '=', code)
      .executeTakeFirst();
    if (spent.numUpdatedRows !== 1n) return { outcome: 'none' };
    await effect(trx, row.email ?? row.phone ?? '');
    return { outcome: 'confirmed' };
  });
}

/** Takes one of the tries; false when none is left. A code of another program has no counter and no tries. */
async function countAttempt(
  db: Db,
  table: CodeTable,
  row: CodeRow,
  limit: number,
): Promise<boolean> {
  const result =
    table === 'recovery_codes'
      ? await db
          .updateTable('recovery_codes')
          .set((set) => ({ attempts: set('attempts', '+', 1) }))
          .where('id', '=', row.id)
          .where('attempts', '<', limit)
          .executeTakeFirst()
      : await db
          .updateTable('dialtone_code_attempts')
          .set((set) => ({ attempts: set('attempts', '+', 1) }))
          .where('account_id', '=', row.account_id)
          .where('kind', '=', table)
          .where('code_id', '=', row.id)
          .where('attempts', '<', limit)
          .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

async function attemptsOf(db: Db, table: CodeTable, row: CodeRow): Promise<number> {
  const counter =
    table === 'recovery_codes'
      ? await db
          .selectFrom('recovery_codes')
          .select('attempts')
          .where('id', '=', row.id)
          .executeTakeFirstOrThrow()
      : await db
          .selectFrom('dialtone_code_attempts')
          .select('attempts')
          .where('account_id', '=', row.account_id)
          .where('kind', '=', table)
          .executeTakeFirstOrThrow();
  return counter.attempts;
}
