import type { Kysely } from 'kysely';
import { Migrator, type MigrationResultSet } from 'kysely/migration';
import { checkFamSchema } from './adopt.ts';
import type { OpenDatabase } from './database.ts';
import { migrations } from './migrations/migrations.ts';
import type { Migration } from './migrations/support/migration.ts';
import { SchemaError } from './schema-error.ts';

/** What a run did. */
export interface MigrationReport {
  /** Names of the migrations applied (or rolled back) now, in order. */
  readonly applied: readonly string[];
  /** True when the tables of a FAM 2.1 database were found and kept. */
  readonly adopted: boolean;
}

/** What a database has of the schema. */
export interface SchemaStatus {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
  readonly upToDate: boolean;
}

/**
 * Creates or completes the schema: every pending migration, in order, once even when several nodes
 * start together. A FAM 2.1 database is recognised by its tables, which stay as they are.
 * @throws SchemaError when the tables found are not FAM 2.1's, or a migration fails
 */
export async function migrate(open: OpenDatabase): Promise<MigrationReport> {
  const adopted = await checkFamSchema(open);
  const applied = read(await migrator(open).migrateToLatest());
  return { applied, adopted };
}

/**
 * Undoes the newest migration. The one that creates the accounts refuses while there is data.
 * @throws SchemaError
 */
export async function rollback(open: OpenDatabase): Promise<MigrationReport> {
  return { applied: read(await migrator(open).migrateDown()), adopted: false };
}

/** Which migrations the database has, and which it lacks. */
export async function schemaStatus(open: OpenDatabase): Promise<SchemaStatus> {
  const all = await migrator(open).getMigrations();
  const pending = all.filter(({ executedAt }) => executedAt === undefined);
  return {
    applied: all.filter(({ executedAt }) => executedAt !== undefined).map(({ name }) => name),
    pending: pending.map(({ name }) => name),
    upToDate: pending.length === 0,
  };
}

function migrator({ db, engine }: OpenDatabase): Migrator {
  const bind = (migration: Migration) =>
    [
      migration.name,
      {
        up: (db: Kysely<unknown>) => migration.up({ db, engine }),
        down: (db: Kysely<unknown>) => migration.down({ db, engine }),
      },
    ] as const;
  return new Migrator({
    db,
    provider: { getMigrations: async () => Object.fromEntries(migrations.map(bind)) },
    // FAM's framework owns the name `migrations`.
    migrationTableName: 'dialtone_migrations',
    migrationLockTableName: 'dialtone_migration_lock',
  });
}

function read({ error, results }: MigrationResultSet): string[] {
  const failed = results?.find(({ status }) => status === 'Error');
  if (error !== undefined) {
    const step = failed === undefined ? 'the schema' : `migration ${failed.migrationName}`;
    throw new SchemaError('migration-failed', `${step} failed: ${reason(error)}`, { cause: error });
  }
  return (results ?? []).map(({ migrationName }) => migrationName);
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
