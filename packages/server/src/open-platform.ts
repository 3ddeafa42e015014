import { systemClock, systemRandom } from '@dialtone/sip';
import { sql } from 'kysely';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Config } from './config/env.ts';
import { openDatabase, type OpenDatabase } from './db/database.ts';
import { parseDatabaseUrl } from './db/database-url.ts';
import { migrate } from './db/migrate.ts';
import { StartError } from './errors/start-error.ts';
import { loadHooks } from './hooks/load-hooks.ts';
import { createLogger } from './log/logger.ts';
import { scrub } from './log/redact.ts';
import { loadMailTemplates } from './mails/mail-templates.ts';
import type { Platform } from './platform.ts';
import type { ProvisioningPlatform } from './provisioning/provisioning-platform.ts';

/** The platform of a process, with its database open, its schema complete and the operator's hooks. */
export interface OpenPlatform {
  readonly platform: Platform &
    Pick<ProvisioningPlatform, 'accountHooks' | 'provisioningHooks' | 'mailTemplates'>;
  close(): Promise<void>;
}

/**
 * Opens what the configuration names: hooks, database (migrated), log, real time and randomness.
 * @throws StartError when hooks cannot be loaded or the database cannot be reached, SchemaError when its tables do not fit
 */
export async function openPlatform(config: Config): Promise<OpenPlatform> {
  const log = createLogger(config);
  const hooks = await loadHooks(config.provisioning.hooksFile);
  const mailTemplates = await loadMailTemplates(config.mail.templatesDirectory);
  const database = await reach(config.data.databaseUrl);
  try {
    const { applied, adopted } = await migrate(database);
    if (applied.length > 0) log.info({ applied, adopted }, 'database schema completed');
  } catch (error) {
    await database.close();
    throw error;
  }
  return {
    platform: {
      db: database.db,
      clock: systemClock,
      random: systemRandom,
      log,
      config,
      mailTemplates,
      accountHooks: hooks.account,
      provisioningHooks: hooks.provisioning,
    },
    close: () => database.close(),
  };
}

async function reach(url: string): Promise<OpenDatabase> {
  const target = parseDatabaseUrl(url);
  const place =
    target.engine === 'sqlite' ? target.location : `${target.engine} at ${target.url.host}`;
  let database: OpenDatabase | undefined;
  try {
    if (target.engine === 'sqlite' && target.location !== ':memory:') {
      await keepPrivate(target.location);
    }
    database = openDatabase(url);
    await sql`select 1`.execute(database.db);
    return database;
  } catch (error) {
    await database?.close().catch(() => {});
    const reason = scrub(error instanceof Error ? error.message || error.name : String(error));
    throw new StartError(
      'database-unreachable',
      `Cannot use the database (${place}): ${reason}\nCheck DIALTONE_DATABASE or the DB_ variables, and that the database runs and accepts this user.`,
      { cause: error },
    );
  }
}

/**
 * Password hashes and keys are in the file: one that is made here is readable by nobody else, and SQLite
 * gives its log beside it the same rights.
 */
async function keepPrivate(file: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await (await open(file, 'a', 0o600)).close();
}
