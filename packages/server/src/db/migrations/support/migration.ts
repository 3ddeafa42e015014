import type { Kysely } from 'kysely';

/** The SQL dialects; a copy, because migrations import nothing from the application. */
export type Engine = 'sqlite' | 'mysql' | 'postgres';

export interface MigrationContext {
  /** Untyped on purpose: the row types of the application belong to the newest schema, not to this one. */
  readonly db: Kysely<unknown>;
  readonly engine: Engine;
}

/**
 * One step of the schema. Never edited once released; a correction is a new migration. MariaDB cannot
 * roll back DDL, so each statement must be repeatable after a crash (`if not exists`).
 */
export interface Migration {
  /** `YYYYMMDDhhmmss-what`, the order of application. */
  readonly name: string;
  up(context: MigrationContext): Promise<void>;
  down(context: MigrationContext): Promise<void>;
}
