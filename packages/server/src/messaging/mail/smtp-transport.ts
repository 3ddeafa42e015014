import { createTransport } from 'nodemailer';
import { z } from 'zod';
import type { Config } from '../../config/env.ts';
import type { Platform } from '../../platform.ts';
import { DeliveryError } from '../delivery-error.ts';
import { logTransport } from '../log-transport.ts';
import type { EmailMessage } from '../message.ts';
import type { Delivery, Transport } from '../transport.ts';
import { findMailServer, type MailServer } from './mail-server.ts';

const timeoutMs = 20_000;

/** SMTP through the space's or the global server; without either, the log. */
export function mailTransport({
  db,
  log,
  config,
}: Pick<Platform, 'db' | 'log' | 'config'>): Transport<EmailMessage> {
  const fallback = logTransport(log);
  return {
    send: async (message, delivery) => {
      const server = await findMailServer(db, config, delivery.spaceId);
      if (server === undefined) await fallback.send(message, delivery);
      else await sendBySmtp(server, config.mail, message, delivery);
    },
  };
}

async function sendBySmtp(
  server: MailServer,
  mail: Config['mail'],
  message: EmailMessage,
  { id }: Delivery,
): Promise<void> {
  const encryption = mail.encryption?.toLowerCase();
  const transport = createTransport({
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
  try {
    const { address } = server.from;
    await transport.sendMail({
      from: server.from,
      to: { name: '', address: message.to },
      subject: message.subject,
      text: message.text,
      ...(message.html === undefined ? {} : { html: message.html }),
      attachments: (message.attachments ?? []).map((file) => ({ ...file })),
      messageId: `<dialtone-${id}@${address.slice(address.lastIndexOf('@') + 1)}>`,
    });
  } catch (error) {
    throw deliveryError(error);
  } finally {
    transport.close();
  }
}

/** Only the refusal of this mail is final: a wrong password or a full disk gets repaired. */
function deliveryError(error: unknown): DeliveryError {
  const { code, responseCode } = smtpFailure.safeParse(error).data ?? {};
  const refused = code === 'EENVELOPE' || code === 'EMESSAGE';
  return new DeliveryError(['SMTP', code, responseCode].filter(Boolean).join(' '), {
    permanent: refused && responseCode !== undefined && responseCode >= 500,
    cause: error,
  });
}

/** What nodemailer adds to its errors. */
const smtpFailure = z.object({ code: z.string().optional(), responseCode: z.int().optional() });
