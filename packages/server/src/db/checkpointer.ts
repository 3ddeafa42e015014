import { once } from 'node:events';
import { Worker as Thread } from 'node:worker_threads';
import { periodicWorker } from '../periodic-worker.ts';
import type { Platform } from '../platform.ts';
import type { Worker } from '../worker.ts';
import { fileOf } from './sqlite.ts';

/** How often it is looked whether much was written. */
const intervalMs = 200;
/** Statements after which the log is moved; each writes a page or two, as SQLite counts a thousand. */
const enoughWrites = 500;

/**
 * Moves what the log of a SQLite file holds into the file, in a thread of its own. Whose commit fills
 * the log would do it otherwise (sqlite-file.ts), and all requests would wait meanwhile: with a
 * million accounts nearly every page is another one, and a thousand of them take the disk 10 ms.
 */
export class Checkpointer {
  readonly #location: string;
  #thread: Thread | undefined;
  #running: Promise<void> | undefined;

  /** @param location path of the file */
  constructor(location: string) {
    this.#location = location;
  }

  /** Moves all that is committed now; while that goes on, another call waits for it. @throws Error of SQLite */
  checkpoint(): Promise<void> {
    return (this.#running ??= this.#tell().finally(() => {
      this.#running = undefined;
    }));
  }

  async #tell(): Promise<void> {
    this.#thread ??= new Thread(new URL('checkpoint-thread.ts', import.meta.url), {
      workerData: this.#location,
    });
    try {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      this.#thread.postMessage(undefined);
      await once(this.#thread, 'message');
    } catch (error) {
      // It ended with the error; the next call starts another one.
      this.#thread = undefined;
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#running?.catch(() => {});
    await this.#thread?.terminate();
    this.#thread = undefined;
  }
}

/** Moves the log of a server's database whenever there is enough of it; nothing to do on other engines. */
export function checkpointWorker(platform: Pick<Platform, 'db' | 'clock' | 'log'>): Worker {
  const file = fileOf(platform.db);
  const checkpointer = file?.location === undefined ? undefined : new Checkpointer(file.location);
  let moved = 0;
  const timed = periodicWorker(platform, 'checkpoint', intervalMs, async () => {
    const written = file?.writes ?? 0;
    if (written - moved < enoughWrites) return;
    await checkpointer?.checkpoint();
    moved = written;
  });
  return {
    name: timed.name,
    start: () => timed.start(),
    stop: async () => {
      await timed.stop();
      await checkpointer?.close();
    },
  };
}
