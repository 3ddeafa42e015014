import {
  isWritableKey,
  isWritableSectionName,
  isWritableValue,
  type ProvisioningEntry,
  type ProvisioningSection,
} from '@dialtone/contract';

/** One section of a document in the hands of a hook. */
export interface SectionEditor {
  readonly name: string;
  get(key: string): string | undefined;
  /**
   * Sets an entry; it replaces what the phone has unless `overwrite` is false. An empty value removes
   * the key from the phone.
   * @throws TypeError for names and values that a phone could not keep in its file
   */
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

  /**
   * The section of this name, created when a hook first sets something in it.
   * @throws TypeError when no section can be called so
   */
  section(name: string): SectionEditor {
    if (!isWritableSectionName(name))
      throw new TypeError(`no section name: ${JSON.stringify(name)}`);
    return {
      name,
      get: (key) => this.#sections.get(name)?.get(key)?.value,
      set: (key, value, { overwrite = true } = {}) => {
        if (!isWritableKey(key)) throw new TypeError(`no key: [${name}] ${JSON.stringify(key)}`);
        const text = textOf(value);
        if (text === undefined) throw new TypeError(`no value for a phone: [${name}] ${key}`);
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

/** Hooks are often untyped: what is no text of one line reaches no phone. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  return typeof value === 'string' && isWritableValue(value) ? value : undefined;
}
