import {
  type Linphonerc,
  type LinphonercSection,
  type ProvisioningDocument,
  isWritableKey,
  isWritableSectionName,
} from '@dialtone/contract';
import { ConfigError } from './config-error.ts';

/** How an entry or section is exported to XML; never stored in the file. */
export interface ExportFlags {
  /** The entry asks to replace the value of whoever imports it. Default false. */
  readonly overwrite?: boolean;
  /** The entry is left out. Default false. */
  readonly skip?: boolean;
}

/** Shared: a hundred thousand accounts have a million entries. */
const NO_FLAGS: ExportFlags = {};

interface ConfigEntry {
  readonly key: string;
  value: string;
  flags: ExportFlags;
}

interface Section {
  readonly name: string;
  readonly params: (readonly [key: string, value: string])[];
  /** Entries by key, comments by their text after a line break, which no key can contain. */
  readonly items: Map<string, ConfigEntry | string>;
  flags: ExportFlags;
}

/**
 * The ordered sections of a configuration in memory: names compare exactly, an empty value is the
 * same as none (provisioning-client.md §1.1, §1.6).
 */
export class ConfigTable {
  readonly #sections = new Map<string, Section>();

  get(section: string, key: string): string | undefined {
    const item = this.#sections.get(section)?.items.get(key);
    return typeof item === 'object' ? item.value : undefined;
  }

  /**
   * Creates section and entry as needed; line breaks and NULs are taken out of the value.
   *
   * @returns whether anything changed.
   * @throws ConfigError `config-bad-name`.
   */
  set(sectionName: string, key: string, value: string): boolean {
    const text = value.replace(/[\r\n\0]/g, '');
    if (text === '') return this.remove(sectionName, key);
    const existing = this.#sections.get(sectionName)?.items.get(key);
    if (typeof existing === 'object') {
      if (existing.value === text) return false;
      existing.value = text;
      return true;
    }
    if (!isWritableSectionName(sectionName) || !isWritableKey(key)) {
      throw new ConfigError(
        'config-bad-name',
        `a configuration file cannot hold "${key}" in section "${sectionName}"`,
      );
    }
    this.#section(sectionName).items.set(key, { key, value: text, flags: NO_FLAGS });
    return true;
  }

  remove(section: string, key: string): boolean {
    const items = this.#sections.get(section)?.items;
    return typeof items?.get(key) === 'object' && items.delete(key);
  }

  hasSection(section: string): boolean {
    return this.#sections.has(section);
  }

  removeSection(section: string): boolean {
    return this.#sections.delete(section);
  }

  clear(): void {
    this.#sections.clear();
  }

  sectionNames(): readonly string[] {
    return [...this.#sections.keys()];
  }

  keys(section: string): readonly string[] {
    return this.#entries(this.#sections.get(section)).map((entry) => entry.key);
  }

  param(section: string, key: string): string | undefined {
    return this.#sections.get(section)?.params.find(([name]) => name === key)?.[1];
  }

  /** Marks an entry, or without `key` a whole section; no effect on what does not exist. */
  setFlags(sectionName: string, key: string | undefined, flags: ExportFlags): void {
    const section = this.#sections.get(sectionName);
    const marked = key === undefined ? section : section?.items.get(key);
    if (typeof marked === 'object') marked.flags = { ...marked.flags, ...flags };
  }

  /** What an XML export holds: a section's `overwrite` is expanded on each of its entries. */
  toProvisioningDocument(): ProvisioningDocument {
    const sections = [...this.#sections.values()].filter(({ flags }) => flags.skip !== true);
    return {
      sections: sections.map((section) => ({
        name: section.name,
        entries: this.#entries(section)
          .filter(({ flags }) => flags.skip !== true)
          .map(({ key, value, flags }) => ({
            name: key,
            value,
            overwrite: flags.overwrite === true || section.flags.overwrite === true,
          })),
      })),
    };
  }

  /** Lays a file over the content: its values win, and it cannot delete. */
  merge(file: Linphonerc): void {
    for (const { name, params, items } of file.sections) {
      const section = this.#section(name);
      // A factory file is laid over again and again: what it said before is not said twice.
      const known = new Set(section.params.map((param) => param.join('=')));
      section.params.push(...params.filter((param) => !known.has(param.join('='))));
      for (const item of items) {
        if (item.kind === 'entry') {
          const existing = section.items.get(item.key);
          if (typeof existing === 'object') existing.value = item.value;
          else section.items.set(item.key, { key: item.key, value: item.value, flags: NO_FLAGS });
        } else {
          const slot = `\n${item.text}`;
          section.items.delete(slot);
          section.items.set(slot, item.text);
        }
      }
    }
  }

  toLinphonerc(): Linphonerc {
    return {
      sections: Array.from(
        this.#sections.values(),
        ({ name, params, items }): LinphonercSection => ({
          name,
          params,
          items: Array.from(items.values(), (item) =>
            typeof item === 'string'
              ? { kind: 'comment', text: item }
              : { kind: 'entry', key: item.key, value: item.value },
          ),
        }),
      ),
    };
  }

  #section(name: string): Section {
    let section = this.#sections.get(name);
    if (section === undefined) {
      section = { name, params: [], items: new Map(), flags: NO_FLAGS };
      this.#sections.set(name, section);
    }
    return section;
  }

  #entries(section: Section | undefined): readonly ConfigEntry[] {
    if (section === undefined) return [];
    return [...section.items.values()].filter((item) => typeof item === 'object');
  }
}
