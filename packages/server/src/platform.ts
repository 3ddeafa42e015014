import type { Clock, Random } from '@dialtone/sip';
import type { Config } from './config/env.ts';
import type { Db } from './db/database.ts';
import type { Logger } from './log/logger.ts';

/** What every service may need; each takes the `Pick` it really uses. */
export interface Platform {
  readonly db: Db;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly config: Config;
}
