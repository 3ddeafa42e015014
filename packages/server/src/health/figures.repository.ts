import type { Db } from '../db/database.ts';

/** How full a database is, and what waits in it. */
export interface Figures {
  readonly accounts: number;
  /** Activated, not blocked. */
  readonly usableAccounts: number;
  readonly administrators: number;
  /** They can neither register nor log in. */
  readonly accountsWithoutPassword: number;
  /** Accounts of domains that no space serves. */
  readonly accountsWithoutSpace: number;
  /** Messages that were given up after all attempts. */
  readonly deadMessages: number;
}

export async function readFigures(db: Db): Promise<Figures> {
  const accounts = db.selectFrom('accounts as a').select(({ fn }) => fn.countAll().as('n'));
  const messages = db.selectFrom('dialtone_outbox').select(({ fn }) => fn.countAll().as('n'));
  return {
    accounts: await count(accounts),
    usableAccounts: await count(accounts.where('a.activated', '=', 1).where('a.blocked', '=', 0)),
    administrators: await count(accounts.where('a.admin', '=', 1)),
    accountsWithoutPassword: await count(
      accounts.leftJoin('passwords as p', 'p.account_id', 'a.id').where('p.id', 'is', null),
    ),
    accountsWithoutSpace: await count(
      accounts.leftJoin('spaces as s', 's.domain', 'a.domain').where('s.id', 'is', null),
    ),
    deadMessages: await count(messages.where('state', '=', 'dead')),
  };
}

async function count(query: {
  executeTakeFirstOrThrow(): Promise<{ readonly n: unknown }>;
}): Promise<number> {
  return Number((await query.executeTakeFirstOrThrow()).n);
}
