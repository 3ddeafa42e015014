import { outboxStates, type OutboxMessageJson } from '@dialtone/contract';
import { toJsonDate } from '../db/dates.ts';
import type { listMessages } from './outbox.repository.ts';

type Listed = Awaited<ReturnType<typeof listMessages>>[number];

/** A message as its administrator may see it: without what it says. */
export function presentMessage(row: Listed): OutboxMessageJson {
  const state = outboxStates.find((name) => name === row.state) ?? 'dead';
  const waiting = state === 'pending' || state === 'sending';
  return {
    id: row.id,
    kind: row.kind,
    recipient: row.recipient,
    domain: row.domain,
    state,
    attempts: row.attempts,
    last_error: row.last_error,
    next_attempt_at: waiting ? toJsonDate(row.next_attempt_at) : null,
    expires_at: dateOrNull(row.expires_at),
    sent_at: dateOrNull(row.sent_at),
    created_at: toJsonDate(row.created_at),
  };
}

function dateOrNull(date: string | null): string | null {
  return date === null ? null : toJsonDate(date);
}
