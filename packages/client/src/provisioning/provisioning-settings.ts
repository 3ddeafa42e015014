import type { ConfigStore } from '../config/config-store.ts';
import { ProvisioningError } from './provisioning-error.ts';

/** An extra header of the provisioning request. */
export type ProvisioningHeader = readonly [name: string, value: string];

const SECTION = 'misc';
const URI_KEY = 'config-uri';
const HEADER_KEY = 'config-uri-header_';

/**
 * Where a client gets its configuration from, kept in `[misc]` (provisioning-client.md §2.1–2.2).
 * Changes take effect at the next start.
 */
export class ProvisioningSettings {
  readonly #store: ConfigStore;

  constructor(store: ConfigStore) {
    this.#store = store;
  }

  /** Fetched at every start. */
  get uri(): string | undefined {
    return this.#store.getString(SECTION, URI_KEY);
  }

  /**
   * Neither scheme nor reachability is checked: such mistakes show at the next start. Undefined
   * removes the URI and the extra headers.
   *
   * @throws ProvisioningError `provisioning-bad-uri`.
   */
  set uri(uri: string | undefined) {
    if (uri === undefined) {
      this.clearHeaders();
    } else if (!/^(?:[A-Za-z][A-Za-z0-9+.-]*:|\/)/.test(uri)) {
      throw new ProvisioningError('provisioning-bad-uri', 'not a URI or an absolute path');
    }
    this.#store.setString(SECTION, URI_KEY, uri);
  }

  /** Whether the URI is forgotten once a document was applied. */
  get transient(): boolean {
    return this.#store.getInt(SECTION, 'transient_provisioning', 0) === 1;
  }

  /** `From` of the request when there is no default account. */
  get fromAddress(): string | undefined {
    return this.#store.getString(SECTION, 'remote_provisioning_from_address');
  }

  /** Extra headers in order; stored texts without a colon are left out. */
  get headers(): readonly ProvisioningHeader[] {
    return this.#storedHeaders().flatMap((text): ProvisioningHeader[] => {
      const colon = text.indexOf(':');
      return colon === -1 ? [] : [[text.slice(0, colon), text.slice(colon + 1)]];
    });
  }

  /** @throws ProvisioningError `provisioning-bad-header`. */
  addHeader(name: string, value: string): void {
    if (name === '' || name.includes(':')) {
      throw new ProvisioningError('provisioning-bad-header', 'not a header name');
    }
    const index = this.#storedHeaders().length;
    this.#store.setString(SECTION, HEADER_KEY + index, `${name}:${value}`);
  }

  clearHeaders(): void {
    for (const index of this.#storedHeaders().keys()) {
      this.#store.removeEntry(SECTION, HEADER_KEY + index);
    }
  }

  /** Up to the first missing number. */
  #storedHeaders(): readonly string[] {
    const texts: string[] = [];
    for (;;) {
      const text = this.#store.getString(SECTION, HEADER_KEY + texts.length);
      if (text === undefined) return texts;
      texts.push(text);
    }
  }
}
