import type { Clock, TimerHandle } from '@dialtone/sip';

/** At most one write of a file per second, as liblinphone; a registering phone edits in bursts. */
const DELAY_MS = 1000;

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

  constructor(clock: Clock, ...files: SavedFile[]) {
    this.#clock = clock;
    this.#files = files;
  }

  add(file: SavedFile): void {
    this.#files.push(file);
  }

  /** To be called after each change. */
  changed(): void {
    if (this.#files.every(({ isReadonly }) => isReadonly)) return;
    this.#timer ??= this.#clock.setTimeout(() => {
      this.#timer = undefined;
      void this.flush();
    }, DELAY_MS);
  }

  /** Writes now what has not been written yet. */
  async flush(): Promise<void> {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const file of this.#files) if (file.isDirty && !file.isReadonly) await file.sync();
  }
}
