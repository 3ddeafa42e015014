import { computeHa1 } from '@dialtone/sip/digest';
import { openDatabase } from '@dialtone/server';
import { createViews } from '../../interop/support/create-views.ts';

export const DOMAIN = 'sip.example.org';
export const PASSWORD = 'secret';

export const usernameOf = (n: number): string => `user${n}`;

/** Accounts with MD5 passwords, in a database that has the space already; Kamailio reads them, too. */
export async function insertAccounts(file: string, count: number): Promise<void> {
  const { db, close } = openDatabase(`sqlite:${file}`);
  const created_at = '2026-01-01 00:00:00';
  const numbers = Array.from({ length: count }, (_, n) => n);
  for (let start = 0; start < count; start += 1000) {
    const part = numbers.slice(start, start + 1000);
    const accounts = part.map((n) => ({
      username: usernameOf(n),
      domain: DOMAIN,
      activated: 1 as const,
      ip_address: '',
      user_agent: '',
      created_at,
    }));
    await db.insertInto('accounts').values(accounts).execute();
    const ids = await db
      .selectFrom('accounts')
      .select(['id', 'username'])
      .where('username', 'in', part.map(usernameOf))
      .execute();
    const passwords = ids.map(({ id, username }) => ({
      account_id: id,
      algorithm: 'MD5',
      password: computeHa1({ algorithm: 'MD5', username, realm: DOMAIN, password: PASSWORD }),
    }));
    await db.insertInto('passwords').values(passwords).execute();
  }
  await close();
  await createViews(file);
}

/** Lines of a sipp users file. */
export const sippUsers = (count: number): readonly (readonly string[])[] =>
  Array.from({ length: count }, (_, n) => [
    usernameOf(n),
    DOMAIN,
    `[authentication username=${usernameOf(n)} password=${PASSWORD}]`,
  ]);
