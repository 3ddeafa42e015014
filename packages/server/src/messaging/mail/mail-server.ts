import type { Config } from '../../config/env.ts';
import type { Db } from '../../db/database.ts';

/** Where a mail leaves, and from whom. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  readonly auth: { readonly user: string; readonly pass: string } | undefined;
  readonly from: { readonly name: string; readonly address: string };
}

/**
 * The server of the space if it has one, else the global one; undefined when there is neither. Each
 * fact that is not configured falls back: sender name to the space's, address to `no-reply@` its host.
 */
export async function findMailServer(
  db: Db,
  { mail, app }: Pick<Config, 'mail' | 'app'>,
  spaceId: number | undefined,
): Promise<MailServer | undefined> {
  const space =
    spaceId === undefined
      ? undefined
      : await db
          .selectFrom('spaces as s')
          .leftJoin('space_email_servers as e', 'e.space_id', 's.id')
          .select(['s.name as spaceName', 's.host as spaceHost'])
          .select(['e.host', 'e.port', 'e.username', 'e.password', 'e.from_address', 'e.from_name'])
          .where('s.id', '=', spaceId)
          .executeTakeFirst();
  const own = space?.host != null;
  const host = own ? space.host : mail.transport === 'smtp' ? mail.host : undefined;
  if (host === undefined || host === null) return undefined;
  const user = own ? space.username : mail.username;
  const pass = own ? space.password : mail.password;
  return {
    host,
    port: (own ? space.port : undefined) ?? mail.port,
    auth: user && pass ? { user, pass } : undefined,
    from: {
      name: space?.from_name ?? mail.fromName ?? space?.spaceName ?? app.name,
      address: space?.from_address ?? mail.fromAddress ?? `no-reply@${space?.spaceHost ?? host}`,
    },
  };
}
