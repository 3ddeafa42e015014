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
  const name = space?.from_name ?? mail.fromName ?? space?.spaceName ?? app.name;
  const sender = (host: string) => ({
    name,
    address: space?.from_address ?? mail.fromAddress ?? `no-reply@${space?.spaceHost ?? host}`,
  });
  if (typeof space?.host === 'string') {
    const { host, port, username, password } = space;
    return { host, port: port ?? mail.port, auth: login(username, password), from: sender(host) };
  }
  if (mail.transport === 'log' || mail.host === undefined) return undefined;
  const { host, port, username, password } = mail;
  return { host, port, auth: login(username, password), from: sender(host) };
}

type Text = string | null | undefined;

function login(user: Text, pass: Text): MailServer['auth'] {
  return user && pass ? { user, pass } : undefined;
}
