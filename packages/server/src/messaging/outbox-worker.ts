import type { TimerHandle } from '@dialtone/sip';
import { fromDbDate, toDbDate } from '../db/dates.ts';
import type { Platform } from '../platform.ts';
import { DeliveryError } from './delivery-error.ts';
import { maskRecipient } from './mask.ts';
import type { Message } from './message.ts';
import { readMessage } from './outbox.ts';
import {
  claimMessage,
  deleteFinishedMessages,
  dueMessages,
  finishAttempt,
  type Outcome,
  type OutboxRow,
} from './outbox.repository.ts';
import { maxAttempts, retryDelayMs } from './retry.ts';
import type { Delivery, Transports } from './transport.ts';

type WorkerPlatform = Pick<Platform, 'db' | 'clock' | 'random' | 'log'>;

const pollMs = 1000;
const batchSize = 10;
/** Longer than any transport may take; a worker that is silent for so long is presumed dead. */
const claimMs = 300_000;
const cleaningMs = 3_600_000;
/** Finished messages stay readable for a week. */
const keptMs = 7 * 24 * cleaningMs;

/**
 * Sends what is in the outbox. Any number of workers may run on one database: each message is claimed
 * by one. A worker that dies after handing a message over and before noting it sends that one again
 * when the claim ends: at least once, twice only then, and mails keep their Message-ID.
 */
export class OutboxWorker {
  readonly #platform: WorkerPlatform;
  readonly #transports: Transports;
  #timer: TimerHandle | undefined;
  #running: Promise<void> | undefined;
  #stopped = true;
  #cleanAt = 0;

  constructor(platform: WorkerPlatform, transports: Transports) {
    this.#platform = platform;
    this.#transports = transports;
  }

  /** Looks into the outbox now and every second. */
  start(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    this.#tick();
  }

  /** Resolves when the attempts under way have ended and been noted. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#platform.clock.clearTimeout(this.#timer);
    await this.#running;
  }

  /** Sends everything that is due; returns the number of attempts made here. */
  async sendDue(): Promise<number> {
    let attempts = 0;
    for (;;) {
      const rows = await dueMessages(this.#platform.db, this.#now(), batchSize);
      const made = await Promise.all(rows.map((row) => this.#attempt(row)));
      attempts += made.filter(Boolean).length;
      // A full batch of which others took everything ends the turn too: they are at it.
      if (rows.length < batchSize || !made.some(Boolean)) return attempts;
    }
  }

  #tick(): void {
    this.#running = this.#turn().finally(() => {
      if (!this.#stopped) {
        this.#timer = this.#platform.clock.setTimeout(() => this.#tick(), pollMs);
      }
    });
  }

  async #turn(): Promise<void> {
    const { db, clock, log } = this.#platform;
    try {
      await this.sendDue();
      if (clock.now() >= this.#cleanAt) {
        this.#cleanAt = clock.now() + cleaningMs;
        await deleteFinishedMessages(db, toDbDate(clock.now() - keptMs));
      }
    } catch (error) {
      // The database is away; the messages are still in it when it is back.
      log.error({ err: error }, 'the outbox cannot be read');
    }
  }

  /** One attempt for one message; false when another worker was quicker. */
  async #attempt(row: OutboxRow): Promise<boolean> {
    const { db, clock } = this.#platform;
    const until = toDbDate(clock.now() + claimMs);
    if (!(await claimMessage(db, row, until, this.#now()))) return false;
    const attempt = row.attempts + 1;
    const outcome = await this.#outcome(row, attempt);
    await finishAttempt(db, { id: row.id, attempt }, outcome, this.#now());
    return true;
  }

  async #outcome(row: OutboxRow, attempt: number): Promise<Outcome> {
    const { clock, random, log } = this.#platform;
    if (row.expires_at !== null && fromDbDate(row.expires_at) <= clock.now()) {
      return { state: 'expired', error: 'not sent in time' };
    }
    // Only a crash in every attempt so far leads here: the message itself may be what kills us.
    if (attempt > maxAttempts) return { state: 'dead', error: 'every attempt was interrupted' };
    try {
      await this.#send(readMessage(row), { id: row.id, spaceId: row.space_id ?? undefined });
      return { state: 'sent' };
    } catch (error) {
      const reason = error instanceof DeliveryError ? error.message : failureName(error);
      const permanent = error instanceof DeliveryError && error.permanent;
      const dead = permanent || attempt === maxAttempts;
      log.warn(
        {
          kind: row.kind,
          to: maskRecipient(row.recipient),
          message: row.id,
          attempt,
          reason,
          dead,
        },
        'message not sent',
      );
      if (dead) return { state: 'dead', error: reason };
      const delay = retryDelayMs(attempt, random.float());
      return { state: 'pending', error: reason, nextAttemptAt: toDbDate(clock.now() + delay) };
    }
  }

  async #send(message: Message, delivery: Delivery): Promise<void> {
    const { email, sms, push } = this.#transports;
    if (message.kind === 'email') await email.send(message, delivery);
    else if (message.kind === 'sms') await sms.send(message, delivery);
    else await push.send(message, delivery);
  }

  #now(): string {
    return toDbDate(this.#platform.clock.now());
  }
}

/** Of an unforeseen error only the class is written down: its text may quote the message. */
function failureName(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown failure';
}
