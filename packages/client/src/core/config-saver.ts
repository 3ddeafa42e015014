import type { Clock, TimerHandle } from '@dialtone/sip';
import type { ConfigStore } from '../config/config-store.ts';

/** At most one write of the file per second, as liblinphone; a registering phone edits in bursts. */
const DELAY_MS = 1000;

/** Writes the configuration file some time after it changed, off the path of the change. */
export class ConfigSaver {
  readonly #clock: Clock;
  readonly #config: ConfigStore;
  #timer: TimerHandle | undefined;

  constructor(clock: Clock, config: ConfigStore) {
    this.#clock = clock;
    this.#config = config;
  }

  /** To be called after each change. */
  changed(): void {
    if (this.#config.isReadonly) return;
    this.#timer ??= this.#clock.setTimeout(() => {
      this.#timer = undefined;
      void this.flush();
    }, DELAY_MS);
  }

  /** Writes now what has not been written yet. */
  async flush(): Promise<void> {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#config.isDirty && !this.#config.isReadonly) await this.#config.sync();
  }
}
