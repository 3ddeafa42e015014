import { MysqlAdapter, PostgresAdapter } from 'kysely';
import type { Db } from './database.ts';
import type { Engine } from './database-url.ts';

/** Which engine a query builder, or a transaction, talks to. */
export function engineOf(db: Db): Engine {
  const { adapter } = db.getExecutor();
  if (adapter instanceof MysqlAdapter) return 'mysql';
  if (adapter instanceof PostgresAdapter) return 'postgres';
  return 'sqlite';
}
