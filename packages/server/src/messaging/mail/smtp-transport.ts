import { z } from 'zod';
import type { Config } from '../../config/env.ts';
import type { Platform } from '../../platform.ts';
import { DeliveryError } from '../delivery-error.ts';
import { logTransport } from '../log-transport.ts';
import type { EmailMessage } from '../message.ts';
import type { Delivery, Transport } from '../transport.ts';
import { findMailServer, type MailServer } from './mail-server.ts';
import { smtpClient } from './smtp-client.ts';

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
  const transport = smtpClient(server, mail);
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
  const { code, originalCode, responseCode } = smtpFailure.safeParse(error).data ?? {};
  const refused = code === 'EENVELOPE' || code === 'EMESSAGE';
  return new DeliveryError(['SMTP', code, originalCode, responseCode].filter(Boolean).join(' '), {
    permanent: refused && responseCode !== undefined && responseCode >= 500,
    cause: error,
  });
}

/** What nodemailer adds to its errors. */
const smtpFailure = z.object({
  code: z.string().optional(),
  /** What the system or TLS said, where `code` only says that the connection failed. */
  originalCode: z.string().optional(),
  responseCode: z.int().optional(),
});
