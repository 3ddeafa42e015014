import { z } from 'zod';
import { formIntegerSchema, jsonDateSchema, textLike } from './fields.ts';

/** States of a message, in the order of its life. */
export const outboxStates = ['pending', 'sending', 'sent', 'dead', 'expired'] as const;
export type OutboxState = (typeof outboxStates)[number];

/** A mail, SMS or push on its way. What it says is not shown: it holds codes and links. */
export const outboxMessageSchema = z
  .object({
    id: z.int(),
    kind: textLike('email'),
    recipient: textLike('marie@example.org'),
    /** Domain of the space on whose behalf it is sent. */
    domain: textLike('sip.example.org').nullable(),
    state: z.enum(outboxStates),
    /** Attempts begun. */
    attempts: z.int(),
    /** Why the last attempt failed. */
    last_error: textLike('SMTP 451').nullable(),
    /** Null when there is no further attempt. */
    next_attempt_at: jsonDateSchema.nullable(),
    /** It is not worth sending after this. */
    expires_at: jsonDateSchema.nullable(),
    sent_at: jsonDateSchema.nullable(),
    created_at: jsonDateSchema,
  })
  .meta({ id: 'OutboxMessage' });

export type OutboxMessageJson = z.infer<typeof outboxMessageSchema>;

/** Which messages are listed, newest first. */
export const listOutboxQuerySchema = z.object({
  state: z
    .enum(outboxStates)
    .nullish()
    .meta({ description: 'Only those in this state', examples: ['dead'] }),
  before: positive(2_147_483_647)
    .nullish()
    .meta({ description: 'Only those older than the message of this number', examples: [1200] }),
  limit: positive(1000)
    .nullish()
    .meta({ description: 'How many at most, 100 by default', examples: [100] }),
});

function positive(maximum: number) {
  return formIntegerSchema.pipe(z.int().min(1).max(maximum));
}
