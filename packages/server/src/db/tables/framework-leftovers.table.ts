import type { Generated } from 'kysely';
import type { DbDate } from '../column-types.ts';

/** Bookkeeping of applied migrations. */
export interface MigrationsTable {
  id: Generated<number>;
  /** Name. */
  migration: string;
  /** Batch number. */
  batch: number;
}

export interface FailedJobsTable {
  id: Generated<number>;
  connection: string;
  queue: string;
  payload: string;
  exception: string;
  failed_at: Generated<DbDate>;
}

export interface PasswordResetsTable {
  email: string;
  token: string;
  created_at: DbDate | null;
}

export interface UsersTable {
  id: Generated<number>;
  name: string;
  email: string;
  email_verified_at: DbDate | null;
  password: string;
  remember_token: string | null;
  created_at: DbDate | null;
  updated_at: DbDate | null;
}
