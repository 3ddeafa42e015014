import type { Clock, TimerHandle } from '@dialtone/sip';
import type { Db } from '../db/database.ts';
import type { Logger } from '../log/logger.ts';
import { addKeyUses, type KeyUses } from './api-key.repository.ts';

/** Uses wait at most this long before they are stored. */
const flushDelayMs = 500;

/**
 * Counts uses of API keys in memory and stores them in batches: a busy client costs two updates a
 * second instead of one for each request. What is not stored yet is lost only with the process,
 * and then a counter is a little low and a key expires half a second early.
 */
export class KeyUsage {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #log: Logger;
  #pending = new Map<number, KeyUses>();
  /** Uses on their way into the database, which does not show them yet. */
  #storing: ReadonlyMap<number, KeyUses> = new Map();
  #timer: TimerHandle | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(platform: { readonly db: Db; readonly clock: Clock; readonly log: Logger }) {
    this.#db = platform.db;
    this.#clock = platform.clock;
    this.#log = platform.log;
  }

  record(keyId: number): void {
    this.#add({ keyId, count: 1, lastUsedAt: this.#clock.now() });
    this.#timer ??= this.#clock.setTimeout(() => void this.flush(), flushDelayMs);
  }

  /** When a key was last used, if that is not stored yet; milliseconds since the Unix epoch. */
  lastUsedAt(keyId: number): number | undefined {
    return (this.#pending.get(keyId) ?? this.#storing.get(keyId))?.lastUsedAt;
  }

  /** Stores everything counted so far. A failure is logged, and the counts are stored with the next ones. */
  async flush(): Promise<void> {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#write());
    await this.#writing;
  }

  async #write(): Promise<void> {
    const uses = [...this.#pending.values()];
    if (uses.length === 0) return;
    this.#storing = this.#pending;
    this.#pending = new Map();
    try {
      await addKeyUses(this.#db, uses);
    } catch (error) {
      this.#log.error({ err: error }, 'api key uses could not be stored');
      for (const use of uses) this.#add(use);
    } finally {
      this.#storing = new Map();
    }
  }

  #add(use: KeyUses): void {
    const known = this.#pending.get(use.keyId);
    this.#pending.set(use.keyId, {
      keyId: use.keyId,
      count: use.count + (known?.count ?? 0),
      lastUsedAt: Math.max(use.lastUsedAt, known?.lastUsedAt ?? 0),
    });
  }
}
