import type { Config } from '../config/env.ts';
import type { Db } from '../db/database.ts';

/** How mails of a space are signed: as its own mail server says, else as the configuration says. */
export async function findSignature(
  db: Db,
  { mail, app }: Pick<Config, 'mail' | 'app'>,
  spaceId: number,
): Promise<string> {
  const server = await db
    .selectFrom('space_email_servers')
    .select('signature')
    .where('space_id', '=', spaceId)
    .executeTakeFirst();
  return server?.signature || mail.signature || app.name;
}
