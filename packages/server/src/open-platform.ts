import { systemClock, systemRandom } from '@dialtone/sip';
import type { Config } from './config/env.ts';
import { migrate } from './db/migrate.ts';
import { reachDatabase } from './db/reach-database.ts';
import { loadHooks } from './hooks/load-hooks.ts';
import { createLogger, type Logger } from './log/logger.ts';
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
export async function openPlatform(
  config: Config,
  log: Logger = createLogger(config),
): Promise<OpenPlatform> {
  const hooks = await loadHooks(config.provisioning.hooksFile);
  const mailTemplates = await loadMailTemplates(config.mail.templatesDirectory);
  const database = await reachDatabase(config.data.databaseUrl);
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
