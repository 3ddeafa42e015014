import { z } from 'zod';

/** A file sent along, read when the mail is sent. */
const attachment = z.object({
  filename: z.string(),
  contentType: z.string(),
  /** Absolute path. */
  path: z.string(),
});

const emailPayload = z.object({
  subject: z.string(),
  text: z.string(),
  html: z.string().optional(),
  attachments: z.array(attachment).optional(),
});

const smsPayload = z.object({ text: z.string() });

/** Push resource as RFC 8599 names it; `to` of the message is the `pn-prid`. */
const pushPayload = z.object({
  provider: z.string(),
  param: z.string(),
  /** Default `background`. */
  type: z.enum(['background', 'message', 'call']).optional(),
  callId: z.string().optional(),
  /** Sent to the application as JSON. */
  customPayload: z.record(z.string(), z.string()).optional(),
});

/** The part of a message that the outbox keeps as JSON, by kind. */
export const payloads = { email: emailPayload, sms: smsPayload, push: pushPayload } as const;

export type MessageKind = keyof typeof payloads;

interface Envelope<K extends MessageKind> {
  readonly kind: K;
  /** E-mail address, phone number with `+`, or push resource id. */
  readonly to: string;
}

export type EmailMessage = Envelope<'email'> & z.infer<typeof emailPayload>;
export type SmsMessage = Envelope<'sms'> & z.infer<typeof smsPayload>;
export type PushMessage = Envelope<'push'> & z.infer<typeof pushPayload>;
export type Message = EmailMessage | SmsMessage | PushMessage;
