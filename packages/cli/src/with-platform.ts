import {
  createLogger,
  loadEnvironment,
  logDestination,
  type OpenPlatform,
  openPlatform,
  readConfig,
} from '@dialtone/server';
import { type DatabaseOptions, environmentOverrides } from './database-options.ts';

/**
 * Runs `work` on the database of the options, its schema up to date, and closes it afterwards.
 * The log stays quiet below warnings and keeps to standard error: a command's output is for a person or a
 * program.
 */
export async function withPlatform<T>(
  options: DatabaseOptions,
  work: (platform: OpenPlatform['platform']) => Promise<T>,
): Promise<T> {
  const config = readConfig({
    DIALTONE_LOG_LEVEL: 'warn',
    ...loadEnvironment(),
    ...environmentOverrides(options),
  });
  const opened = await openPlatform(config, createLogger(config, logDestination(process.stderr)));
  try {
    return await work(opened.platform);
  } finally {
    await opened.close();
  }
}
