import { type OutboxState, outboxStates } from '@dialtone/contract';
import type { Selectable, UpdateResult } from 'kysely';
import type { Db } from '../db/database.ts';
import { insertReturningId } from '../db/insert.ts';
import type { DialtoneOutboxTable } from '../db/tables/dialtone-outbox.table.ts';

export type OutboxRow = Selectable<DialtoneOutboxTable>;

type NewRow = Pick<OutboxRow, 'kind' | 'recipient' | 'space_id' | 'payload' | 'expires_at'>;

export async function insertMessage(db: Db, row: NewRow, now: string): Promise<number> {
  return await insertReturningId(db, 'dialtone_outbox', {
    ...row,
    next_attempt_at: now,
    created_at: now,
    updated_at: now,
  });
}

/** Messages whose time has come, those of a worker that died in the middle included; oldest first. */
export async function dueMessages(db: Db, now: string, limit: number): Promise<OutboxRow[]> {
  return await db
    .selectFrom('dialtone_outbox')
    .selectAll()
    .where('state', 'in', ['pending', 'sending'] satisfies OutboxState[])
    .where('next_attempt_at', '<=', now)
    .orderBy('next_attempt_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/**
 * Takes a message for one attempt. Each attempt counts up, so of all the workers that read the same
 * row, exactly one sees its condition fulfilled.
 */
export async function claimMessage(
  db: Db,
  row: OutboxRow,
  until: string,
  now: string,
): Promise<boolean> {
  const state: OutboxState = 'sending';
  const result = await db
    .updateTable('dialtone_outbox')
    .set({ state, attempts: row.attempts + 1, next_attempt_at: until, updated_at: now })
    .where('id', '=', row.id)
    .where('state', '=', row.state)
    .where('attempts', '=', row.attempts)
    .executeTakeFirstOrThrow();
  return changed(result);
}

/** How an attempt ended. */
export interface Outcome {
  readonly state: OutboxState;
  readonly error?: string;
  /** Only for `pending`: when to try again. */
  readonly nextAttemptAt?: string;
}

/** Notes the end of attempt number `attempt`; false when another worker has taken over meanwhile. */
export async function finishAttempt(
  db: Db,
  { id, attempt }: { readonly id: number; readonly attempt: number },
  outcome: Outcome,
  now: string,
): Promise<boolean> {
  const result = await db
    .updateTable('dialtone_outbox')
    .set({
      state: outcome.state,
      last_error: outcome.error ?? null,
      sent_at: outcome.state === 'sent' ? now : null,
      next_attempt_at: outcome.nextAttemptAt ?? now,
      updated_at: now,
    })
    .where('id', '=', id)
    .where('attempts', '=', attempt)
    .executeTakeFirstOrThrow();
  return changed(result);
}

/** Messages among which one looks; a part that is undefined does not narrow. */
export interface OutboxScope {
  readonly id?: number | undefined;
  /** On whose behalf they are sent. */
  readonly spaceId?: number | undefined;
}

/** Gives dead messages another round of attempts; returns how many. */
export async function reviveDeadMessages(
  db: Db,
  now: string,
  { id, spaceId }: OutboxScope = {},
): Promise<number> {
  const result = await db
    .updateTable('dialtone_outbox')
    .set({ state: 'pending', attempts: 0, next_attempt_at: now, updated_at: now })
    .where('state', '=', 'dead' satisfies OutboxState)
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? 0))
    .$if(spaceId !== undefined, (query) => query.where('space_id', '=', spaceId ?? 0))
    .executeTakeFirstOrThrow();
  return Number(result.numUpdatedRows);
}

/** Removes messages that need no more work and are older than `before`; returns how many. */
export async function deleteFinishedMessages(db: Db, before: string): Promise<number> {
  const result = await db
    .deleteFrom('dialtone_outbox')
    .where('state', 'in', ['sent', 'dead', 'expired'] satisfies OutboxState[])
    .where('created_at', '<', before)
    .executeTakeFirstOrThrow();
  return Number(result.numDeletedRows);
}

/** Number of messages by state, for metrics and the command line. */
export async function countMessages(db: Db): Promise<Record<OutboxState, number>> {
  const rows = await db
    .selectFrom('dialtone_outbox')
    .select((e) => ['state', e.fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute();
  const counts = { pending: 0, sending: 0, sent: 0, dead: 0, expired: 0 };
  for (const { state, count } of rows) if (isState(state)) counts[state] = count;
  return counts;
}

/** Which messages are wanted; a part that is undefined does not narrow. */
export interface OutboxFilter {
  readonly state?: OutboxState | undefined;
  readonly spaceId?: number | undefined;
  /** Only those older than this message. */
  readonly beforeId?: number | undefined;
}

/** Messages with the domain of their space, newest first. */
export async function listMessages(
  db: Db,
  { state, spaceId, beforeId }: OutboxFilter,
  limit: number,
): Promise<(OutboxRow & { readonly domain: string | null })[]> {
  return await db
    .selectFrom('dialtone_outbox')
    .leftJoin('spaces', 'spaces.id', 'dialtone_outbox.space_id')
    .selectAll('dialtone_outbox')
    .select('spaces.domain')
    .$if(state !== undefined, (query) => query.where('state', '=', state ?? ''))
    .$if(spaceId !== undefined, (query) => query.where('space_id', '=', spaceId ?? 0))
    .$if(beforeId !== undefined, (query) => query.where('dialtone_outbox.id', '<', beforeId ?? 0))
    .orderBy('dialtone_outbox.id', 'desc')
    .limit(limit)
    .execute();
}

function isState(text: string): text is OutboxState {
  return outboxStates.some((state) => state === text);
}

function changed(result: UpdateResult): boolean {
  return result.numUpdatedRows === 1n;
}
