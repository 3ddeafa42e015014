import type { Platform } from '../platform.ts';
import { findMailServer } from '../messaging/mail/mail-server.ts';
import { smtpClient } from '../messaging/mail/smtp-client.ts';

/** How mail of a space leaves. */
export type MailProbe =
  | { readonly kind: 'log' }
  | { readonly kind: 'reached'; readonly server: string }
  /** `reason`: SMTP code and text of the client or server, without address or secret. */
  | { readonly kind: 'unusable'; readonly server: string; readonly reason: string };

/** Connects and logs in to the mail server of a space (without one: the global server); sends nothing. */
export async function probeMail(
  { db, config }: Pick<Platform, 'db' | 'config'>,
  spaceId: number | undefined,
): Promise<MailProbe> {
  const found = await findMailServer(db, config, spaceId);
  if (found === undefined) return { kind: 'log' };
  const server = `${found.host} port ${found.port}`;
  const client = smtpClient(found, config.mail);
  try {
    await client.verify();
    return { kind: 'reached', server };
  } catch (error) {
    return { kind: 'unusable', server, reason: reasonOf(error) };
  } finally {
    client.close();
  }
}

/** Codes only: servers repeat user names in their texts. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  const codes = ['code', 'originalCode', 'responseCode'].flatMap((key) => {
    const code: unknown = Reflect.get(error, key);
    return typeof code === 'string' || typeof code === 'number' ? [String(code)] : [];
  });
  return codes.join(' ') || error.name;
}
