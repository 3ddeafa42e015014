import { parseCFloat, parseCInt, parseCInt64 } from './c-values.ts';
import { type ConfigRange, parseRange } from './config-range.ts';
import { ConfigTable } from './config-table.ts';

/** Section that holds the default values of another one. */
const DEFAULTS_SUFFIX = '_default_values';

/** Typed reading of configuration text, by liblinphone's rules (provisioning-client.md §1.7). */
export class ConfigReader {
  protected readonly table = new ConfigTable();

  hasSection(section: string): boolean {
    return this.table.hasSection(section);
  }

  hasEntry(section: string, key: string): boolean {
    return this.table.get(section, key) !== undefined;
  }

  /** In file order. */
  sectionNames(): readonly string[] {
    return this.table.sectionNames();
  }

  /** In file order, without comments. */
  keys(section: string): readonly string[] {
    return this.table.keys(section);
  }

  getString(section: string, key: string): string | undefined;
  getString(section: string, key: string, defaultValue: string): string;
  getString(section: string, key: string, defaultValue?: string): string | undefined {
    return this.table.get(section, key) ?? defaultValue;
  }

  /** A C integer: `0x` is hexadecimal, a leading 0 octal, text is 0. */
  getInt(section: string, key: string, defaultValue = 0): number {
    const text = this.table.get(section, key);
    return text === undefined ? defaultValue : parseCInt(text);
  }

  /** A decimal 64-bit integer. */
  getBigInt(section: string, key: string, defaultValue = 0n): bigint {
    const text = this.table.get(section, key);
    return text === undefined ? defaultValue : parseCInt64(text);
  }

  /** A non-zero C integer; `true` and `yes` are therefore false. */
  getBool(section: string, key: string, defaultValue = false): boolean {
    const text = this.table.get(section, key);
    return text === undefined ? defaultValue : parseCInt(text) !== 0;
  }

  getFloat(section: string, key: string, defaultValue = 0): number {
    return parseCFloat(this.table.get(section, key) ?? '') ?? defaultValue;
  }

  /** `min-max`. */
  getRange(section: string, key: string, defaultMin: number, defaultMax: number): ConfigRange {
    return parseRange(this.table.get(section, key), defaultMin, defaultMax);
  }

  /** Separated by commas, nothing trimmed, empty members kept. */
  getList(section: string, key: string, defaultValue: readonly string[] = []): readonly string[] {
    return this.table.get(section, key)?.split(',') ?? defaultValue;
  }

  /** A parameter of a section's header, the first of that name. */
  getSectionParam(section: string, name: string): string | undefined;
  getSectionParam(section: string, name: string, defaultValue: string): string;
  getSectionParam(section: string, name: string, defaultValue?: string): string | undefined {
    return this.table.param(section, name) ?? defaultValue;
  }

  /** Reads `<section>_default_values`, which nothing falls back to by itself. */
  defaults(section: string): ConfigDefaults {
    return new ConfigDefaults(this, section + DEFAULTS_SUFFIX);
  }
}

/** Typed reading of one section of default values. */
export class ConfigDefaults {
  readonly #reader: ConfigReader;
  readonly #section: string;

  constructor(reader: ConfigReader, section: string) {
    this.#reader = reader;
    this.#section = section;
  }

  getString(key: string): string | undefined;
  getString(key: string, defaultValue: string): string;
  getString(key: string, defaultValue?: string): string | undefined {
    return this.#reader.getString(this.#section, key) ?? defaultValue;
  }

  getInt(key: string, defaultValue = 0): number {
    return this.#reader.getInt(this.#section, key, defaultValue);
  }

  getBigInt(key: string, defaultValue = 0n): bigint {
    return this.#reader.getBigInt(this.#section, key, defaultValue);
  }

  getBool(key: string, defaultValue = false): boolean {
    return this.#reader.getBool(this.#section, key, defaultValue);
  }

  getFloat(key: string, defaultValue = 0): number {
    return this.#reader.getFloat(this.#section, key, defaultValue);
  }
}
