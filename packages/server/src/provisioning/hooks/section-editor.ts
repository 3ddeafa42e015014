import type { ProvisioningEntry, ProvisioningSection } from '@dialtone/contract';

/** One section of a document in the hands of a hook. */
export interface SectionEditor {
  readonly name: string;
  get(key: string): string | undefined;
  /** Sets an entry; it replaces what the phone has unless `overwrite` is false. */
  set(
    key: string,
    value: string | number | boolean,
    options?: { readonly overwrite?: boolean },
  ): void;
  delete(key: string): void;
}

/** The sections of a document while hooks change them. */
export class DocumentEditor {
  readonly #sections = new Map<string, Map<string, ProvisioningEntry>>();

  constructor(sections: readonly ProvisioningSection[]) {
    for (const { name, entries } of sections) {
      this.#sections.set(name, new Map(entries.map((entry) => [entry.name, entry])));
    }
  }

  /** The section of this name, created when a hook first sets something in it. */
  section(name: string): SectionEditor {
    return {
      name,
      get: (key) => this.#sections.get(name)?.get(key)?.value,
      set: (key, value, { overwrite = true } = {}) => {
        const text = typeof value === 'boolean' ? String(Number(value)) : String(value);
        const entries = this.#sections.get(name) ?? new Map<string, ProvisioningEntry>();
        entries.set(key, { name: key, value: text, overwrite });
        this.#sections.set(name, entries);
      },
      delete: (key) => {
        this.#sections.get(name)?.delete(key);
      },
    };
  }

  /** Everything as it stands now. */
  get sections(): ProvisioningSection[] {
    return Array.from(this.#sections, ([name, entries]) => ({
      name,
      entries: [...entries.values()],
    }));
  }
}
