import { afterAll, describe } from 'vitest';
import type { OpenDatabase } from '../db/database.ts';
import { engines, type Engine } from '../db/database-url.ts';
import { migrate } from '../db/migrate.ts';
import { openEmptyDatabase } from './database-servers.ts';

/**
 * Runs one suite on SQLite, MariaDB and PostgreSQL. `open` gives a new migrated database (some 10 ms
 * on SQLite, a few hundred on the servers: call it once, in `beforeAll`); all are closed after the suite.
 */
export function describeEachEngine(
  name: string,
  suite: (open: () => Promise<OpenDatabase>, engine: Engine) => void,
): void {
  describe.each(engines)(`${name} on %s`, (engine) => {
    const opened: OpenDatabase[] = [];
    afterAll(async () => {
      await Promise.all(opened.map((open) => open.close()));
    });
    suite(async () => {
      const open = await openEmptyDatabase(engine);
      opened.push(open);
      await migrate(open);
      return open;
    }, engine);
  });
}
