import { createTransport } from 'nodemailer';
import type { Config } from '../../config/env.ts';
import type { MailServer } from './mail-server.ts';

const timeoutMs = 20_000;

/** A client of `server` with the encryption and the checks that the configuration asks for; to be closed. */
export function smtpClient(
  server: Pick<MailServer, 'host' | 'port' | 'auth'>,
  mail: Config['mail'],
): ReturnType<typeof createTransport> {
  const encryption = mail.encryption?.toLowerCase();
  return createTransport({
    host: server.host,
    port: server.port,
    secure: encryption === 'ssl' || server.port === 465,
    requireTLS: encryption === 'tls',
    ...(server.auth === undefined ? {} : { auth: server.auth }),
    tls: {
      rejectUnauthorized: mail.verifyPeer && !mail.allowSelfSigned,
      ...(mail.verifyPeerName ? {} : { checkServerIdentity: () => undefined }),
    },
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    // Addresses and texts come from users: nothing in them may name a file or a URL to fetch.
    disableUrlAccess: true,
  });
}
