import type { Clock, TimerHandle } from '@dialtone/sip';

/** At most one write of a file per second, as liblinphone; a registering phone edits in bursts. */
const DELAY_MS = 1000;
/** After a write that failed: a full disk does not stay full. */
const RETRY_MS = 30_000;

/** What is kept in a file: the configuration, and what is kept beside it. */
export interface SavedFile {
  /** Something changed since it was written. */
  readonly isDirty: boolean;
  /** It is not to be written. */
  readonly isReadonly: boolean;
  sync(): Promise<unknown>;
}

/** Writes files some time after they changed, off the path of the change. */
export class ConfigSaver {
  readonly #clock: Clock;
  readonly #files: SavedFile[];
  #timer: TimerHandle | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(clock: Clock, ...files: SavedFile[]) {
    this.#clock = clock;
    this.#files = files;
  }

  add(file: SavedFile): void {
    this.#files.push(file);
  }

  /** To be called after each change. */
  changed(): void {
    this.#writeIn(DELAY_MS);
  }

  /** Writes now what has not been written yet; resolves when nothing is being written any more. */
  async flush(): Promise<void> {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    const write = async (): Promise<void> => {
      for (const file of this.#files) if (isOwed(file)) await file.sync();
    };
    this.#writing = this.#writing.then(write, write);
    await this.#writing;
  }

  #writeIn(delayMs: number): void {
    if (this.#files.every(({ isReadonly }) => isReadonly)) return;
    this.#timer ??= this.#clock.setTimeout(() => void this.#write(), delayMs);
  }

  async #write(): Promise<void> {
    await this.flush();
    if (this.#files.some(isOwed)) this.#writeIn(RETRY_MS);
  }
}

function isOwed(file: SavedFile): boolean {
  return file.isDirty && !file.isReadonly;
}
