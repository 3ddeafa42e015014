import {
  type Linphonerc,
  parseLinphonerc,
  serializeLinphonerc,
  serializeProvisioningXml,
} from '@dialtone/contract';
import { type ApplyReport, mergeProvisioning, readProvisioning } from './apply-provisioning.ts';
import {
  loadConfigFile,
  readBytes,
  readConfigFile,
  temporaryPath,
  writeConfigFile,
} from './config-file.ts';
import { type ConfigFileSystem, nodeConfigFileSystem } from './config-file-system.ts';
import { ConfigReader } from './config-reader.ts';
import type { ExportFlags } from './config-table.ts';
import { RelativeFiles } from './relative-files.ts';

/** Where a store lives. */
export interface ConfigStoreOptions {
  /** The user's configuration. Without it the store is kept in memory only. */
  readonly file?: string;
  /** Values of the application that win over the user's; a missing file is no error. */
  readonly factoryFile?: string;
  /** Default: the file system of this machine. */
  readonly fs?: ConfigFileSystem;
}

/**
 * How a sync ended. `memory-only`: there is no file. `readonly`: writing is off. `failed`: the old
 * file is intact, see {@link ConfigStore.syncError}.
 */
export type SyncOutcome = 'written' | 'memory-only' | 'readonly' | 'failed';

/**
 * A `linphonerc` configuration: ordered sections of text values, read with the typing rules of
 * liblinphone and written atomically (provisioning-client.md §1).
 *
 * ```ts
 * const store = await ConfigStore.open({ file: '/home/me/.config/phone/linphonerc' });
 * store.setInt('sip', 'default_proxy', 0);
 * await store.sync();
 * ```
 */
export class ConfigStore extends ConfigReader {
  /** The user's file, symbolic links resolved. */
  readonly file: string | undefined;
  readonly factoryFile: string | undefined;
  /** Files beside the configuration. */
  readonly files: RelativeFiles;
  /** Called at each change, for who writes the file in time. */
  onDirty: (() => void) | undefined;
  readonly #fs: ConfigFileSystem;
  #factory: Linphonerc = { sections: [] };
  #dirty = false;
  #readonly = false;
  #syncError: unknown;
  #syncing: Promise<unknown> = Promise.resolve();

  private constructor(options: ConfigStoreOptions) {
    super();
    this.file = options.file === '' ? undefined : options.file;
    this.factoryFile = options.factoryFile;
    this.#fs = options.fs ?? nodeConfigFileSystem;
    this.files = new RelativeFiles(this.#fs, this.file);
  }

  /**
   * Opens a configuration file, which need not exist, and lays the factory file over it.
   *
   * @throws ConfigError `config-unreadable` when the file exists and cannot be opened.
   */
  static async open(options: ConfigStoreOptions): Promise<ConfigStore> {
    const { file, fs = nodeConfigFileSystem } = options;
    const store = new ConfigStore(
      file === undefined || file === '' ? options : { ...options, file: await fs.realPath(file) },
    );
    await store.reload();
    await store.#loadFactory();
    return store;
  }

  /** An empty configuration without a file. */
  static inMemory(): ConfigStore {
    return new ConfigStore({});
  }

  /** A configuration without a file, from `linphonerc` text. */
  static fromString(text: string): ConfigStore {
    const store = new ConfigStore({});
    store.table.merge(parseLinphonerc(text, { source: 'buffer' }));
    return store;
  }

  /** Where the next content is written before it replaces {@link file}. */
  get temporaryFile(): string | undefined {
    return this.file === undefined ? undefined : temporaryPath(this.file);
  }

  /** Whether something changed since the last sync. */
  get isDirty(): boolean {
    return this.#dirty;
  }

  /** Whether a sync can not write: there is no file, or an attempt has shown it. */
  get isReadonly(): boolean {
    return this.#readonly || this.file === undefined;
  }

  /** Turns writing off, or on again. */
  set isReadonly(value: boolean) {
    this.#readonly = value;
  }

  /** Why the last sync failed. */
  get syncError(): unknown {
    return this.#syncError;
  }

  // ——— files ———

  /**
   * Drops everything and reads the user's file again; the factory file is not applied.
   *
   * @throws ConfigError `config-unreadable`; the content is then unchanged.
   */
  async reload(): Promise<void> {
    const content =
      this.file === undefined ? { sections: [] } : await loadConfigFile(this.#fs, this.file);
    this.table.clear();
    this.table.merge(content);
    this.#dirty = false;
  }

  /**
   * Lays another configuration file over this one, without marking it as changed.
   *
   * @throws ConfigError `config-unreadable`.
   */
  async mergeFile(path: string): Promise<void> {
    this.table.merge(await readConfigFile(this.#fs, path));
  }

  /** Lays the factory values over the present ones again. */
  applyFactory(): void {
    this.table.merge(this.#factory);
  }

  /**
   * Writes the file, changed or not, in a way that a crash at any moment leaves the old or the new
   * content. Never rejects; concurrent calls are written one after the other.
   */
  async sync(): Promise<SyncOutcome> {
    const outcome = this.#syncing.then(async () => this.#write());
    this.#syncing = outcome;
    return outcome;
  }

  async #write(): Promise<SyncOutcome> {
    if (this.file === undefined) return 'memory-only';
    if (this.#readonly) return 'readonly';
    const text = serializeLinphonerc(this.table.toLinphonerc());
    // Cleared before the write: what changes meanwhile is not in it.
    this.#dirty = false;
    const result = await writeConfigFile(this.#fs, this.file, text);
    this.#syncError = result.outcome === 'written' ? undefined : result.cause;
    if (result.outcome === 'written') return 'written';
    if (result.outcome === 'not-opened') this.#readonly = true;
    this.#dirty = true;
    return 'failed';
  }

  async #loadFactory(): Promise<void> {
    if (this.factoryFile === undefined || !(await this.#fs.exists(this.factoryFile))) return;
    this.#factory = await readConfigFile(this.#fs, this.factoryFile);
    this.applyFactory();
  }

  // ——— writing ———

  /**
   * Sets a value; an empty or missing one removes the entry. Line breaks are taken out.
   *
   * @throws ConfigError `config-bad-name` for names a file cannot hold.
   */
  setString(section: string, key: string, value: string | undefined): void {
    if (value === undefined || value === '') this.removeEntry(section, key);
    else if (this.table.set(section, key, value)) this.#changed();
  }

  setInt(section: string, key: string, value: number | bigint): void {
    this.setString(section, key, String(typeof value === 'bigint' ? value : Math.trunc(value)));
  }

  /** `0x` and lower-case digits. */
  setHexInt(section: string, key: string, value: number): void {
    this.setString(section, key, `0x${(value >>> 0).toString(16)}`);
  }

  setBool(section: string, key: string, value: boolean): void {
    this.setString(section, key, value ? '1' : '0');
  }

  /** Six decimals. */
  setFloat(section: string, key: string, value: number): void {
    this.setString(section, key, value.toFixed(6));
  }

  setRange(section: string, key: string, min: number, max: number): void {
    this.setString(section, key, `${min}-${max}`);
  }

  /** Joined by commas; an empty list removes the entry. */
  setList(section: string, key: string, values: readonly string[]): void {
    this.setString(section, key, values.join(','));
  }

  removeEntry(section: string, key: string): void {
    this.table.remove(section, key);
    this.#changed();
  }

  removeSection(section: string): void {
    this.table.removeSection(section);
    this.#changed();
  }

  #changed(): void {
    this.#dirty = true;
    this.onDirty?.();
  }

  /** Removes `<base>_0`, `<base>_1`, … wherever they are. */
  removeIndexedSections(base: string): void {
    for (const name of this.sectionNames()) {
      if (name.startsWith(`${base}_`) && /^\d/.test(name.slice(base.length + 1))) {
        this.removeSection(name);
      }
    }
  }

  // ——— XML ———

  /** Marks an entry, or a whole section, for {@link toXml}; no effect on what does not exist. */
  exportFlags(section: string, key: string | undefined, flags: ExportFlags): void {
    this.table.setFlags(section, key, flags);
  }

  /** The configuration as a provisioning document; header parameters and comments are lost. */
  toXml(): string {
    return serializeProvisioningXml(this.table.toProvisioningDocument());
  }

  /**
   * Merges a provisioning document, text or undecoded bytes, and syncs
   * (provisioning-client.md §1.10).
   *
   * @throws ConfigError `config-bad-xml`; nothing is applied then.
   */
  async applyXml(content: string | Uint8Array): Promise<ApplyReport> {
    const report = mergeProvisioning(this, readProvisioning(content));
    await this.sync();
    return report;
  }

  /**
   * As {@link applyXml}, from a file.
   *
   * @throws ConfigError also `config-unreadable`.
   */
  async applyXmlFile(path: string): Promise<ApplyReport> {
    return await this.applyXml(await readBytes(this.#fs, path));
  }

  /** Sections and entries for a log or a bug report, or undefined when there are none. */
  toDebugString(): string | undefined {
    const names = this.sectionNames();
    if (names.length === 0) return undefined;
    return names
      .map((section) => {
        const lines = this.keys(section).map((key) => `\t${key}=${this.getString(section, key)}\n`);
        return `[${section}]\n${lines.join('')}`;
      })
      .join('');
  }
}
