import { accountFromRow } from '../accounts/account.repository.ts';
import type { Account } from '../accounts/account.ts';
import type { Db } from '../db/database.ts';

/** The accounts an account may call: its own contacts and the members of the lists shown to it. */
export async function selectContacts(db: Db, accountId: number): Promise<Account[]> {
  const rows = await db
    .selectFrom('accounts')
    .selectAll()
    .where((where) =>
      where.or([
        where(
          'id',
          'in',
          where
            .selectFrom('contacts')
            .select('contacts.contact_id')
            .where('contacts.account_id', '=', accountId),
        ),
        where(
          'id',
          'in',
          where
            .selectFrom('account_contacts_list as shown')
            .innerJoin(
              'contacts_list_contact as member',
              'member.contacts_list_id',
              'shown.contacts_list_id',
            )
            .select('member.contact_id')
            .where('shown.account_id', '=', accountId),
        ),
      ]),
    )
    .orderBy('id')
    .execute();
  return rows.map(accountFromRow);
}
