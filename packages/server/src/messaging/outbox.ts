import { toDbDate } from '../db/dates.ts';
import type { Platform } from '../platform.ts';
import { type Message, type MessageKind, payloads } from './message.ts';
import { insertMessage, type OutboxRow } from './outbox.repository.ts';

/** Circumstances of a message that its reader never sees. */
export interface EnqueueOptions {
  /** Space whose own mail server sends, if it has one; absent = the global one. */
  readonly spaceId?: number;
  /** Milliseconds since the epoch after which it is no longer worth sending (a code has run out). */
  readonly expiresAt?: number;
}

/**
 * Puts a message into the outbox and returns its number; a worker sends it soon after. Call it in the
 * transaction of the change that causes the message, with `{ ...platform, db: trx }`: then either both
 * happen or neither, whatever crashes.
 */
export async function enqueue(
  { db, clock }: Pick<Platform, 'db' | 'clock'>,
  message: Message,
  options: EnqueueOptions = {},
): Promise<number> {
  const { kind, to, ...payload } = message;
  const row = {
    kind,
    recipient: to,
    space_id: options.spaceId ?? null,
    payload: JSON.stringify(payload),
    expires_at: options.expiresAt === undefined ? null : toDbDate(options.expiresAt),
  };
  return await insertMessage(db, row, toDbDate(clock.now()));
}

/**
 * The message of an outbox row.
 * @throws ZodError or SyntaxError when somebody has written into the table by hand
 */
export function readMessage(row: Pick<OutboxRow, 'kind' | 'recipient' | 'payload'>): Message {
  const to = row.recipient;
  const payload: unknown = JSON.parse(row.payload);
  const read: Record<MessageKind, () => Message> = {
    email: () => ({ kind: 'email', to, ...payloads.email.parse(payload) }),
    sms: () => ({ kind: 'sms', to, ...payloads.sms.parse(payload) }),
    push: () => ({ kind: 'push', to, ...payloads.push.parse(payload) }),
  };
  if (!isKind(row.kind)) throw new SyntaxError('unknown kind of message');
  return read[row.kind]();
}

function isKind(kind: string): kind is MessageKind {
  return kind in payloads;
}
