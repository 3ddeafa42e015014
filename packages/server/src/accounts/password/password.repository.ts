import type { PasswordAlgorithm } from '@dialtone/contract';
import type { Db } from '../../db/database.ts';
import { insertReturningId } from '../../db/insert.ts';

/** A stored password: never the clear text. */
export interface StoredPassword {
  readonly algorithm: PasswordAlgorithm;
  /** H(username:realm:password), lower-case hexadecimal. */
  readonly ha1: string;
}

/** Passwords of an account in the order in which they were stored. */
export async function selectPasswords(db: Db, accountId: number): Promise<StoredPassword[]> {
  const rows = await db
    .selectFrom('passwords')
    .select(['algorithm', 'password'])
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ algorithm: toAlgorithm(row.algorithm), ha1: row.password }));
}

/** Replaces every password of the account. */
export async function replacePasswords(
  trx: Db,
  accountId: number,
  passwords: readonly StoredPassword[],
): Promise<void> {
  await trx.deleteFrom('passwords').where('account_id', '=', accountId).execute();
  await insertPasswords(trx, accountId, passwords);
}

/** Adds passwords to those that the account has. */
export async function insertPasswords(
  trx: Db,
  accountId: number,
  passwords: readonly StoredPassword[],
): Promise<void> {
  for (const { algorithm, ha1 } of passwords) {
    await insertReturningId(trx, 'passwords', {
      account_id: accountId,
      algorithm,
      password: ha1,
    });
  }
}

/** Anything but `SHA-256` is what the column defaults to. */
export function toAlgorithm(text: string): PasswordAlgorithm {
  return text === 'SHA-256' ? 'SHA-256' : 'MD5';
}
