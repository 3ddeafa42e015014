import { ContactsError } from '../friends/contacts-error.ts';
import { Friend } from '../friends/friend.ts';
import type { SendHttp } from '../friends/request-contacts.ts';
import type { CredentialsProvider } from '../http/credentials.ts';
import type { CardDavDirectory, RemoteContactDirectory } from './remote-contact-directory.ts';
import { CardDavSearch } from './search-carddav.ts';

/** What a directory answered. */
export interface DirectorySearchResult {
  readonly directory: CardDavDirectory & { readonly index: number };
  /** In no list; an application may add them to one. Empty after an error. */
  readonly friends: readonly Friend[];
  readonly error: ContactsError | null;
}

/** What a search needs of its core. */
export interface DirectorySearchParts {
  readonly http: SendHttp;
  readonly userAgent: () => string;
  readonly credentials: CredentialsProvider;
}

/** Searches the CardDAV directories of a core. */
export class DirectorySearch {
  readonly #parts: DirectorySearchParts;
  readonly #cardDav = new CardDavSearch();
  #stopped = new AbortController();

  constructor(parts: DirectorySearchParts) {
    this.#parts = parts;
  }

  /** All that are enabled and want no longer text, at the same time. Never rejects. */
  async search(
    directories: readonly RemoteContactDirectory[],
    text: string,
    signal: AbortSignal | undefined,
  ): Promise<readonly DirectorySearchResult[]> {
    const { length } = [...text];
    const asked = directories.filter(
      (each): each is DirectorySearchResult['directory'] =>
        each.type === 'carddav' && each.enabled && length > 0 && length >= each.minCharacters,
    );
    const { signal: stopped } = this.#stopped;
    const either = signal === undefined ? stopped : AbortSignal.any([signal, stopped]);
    return await Promise.all(asked.map((directory) => this.#ask(directory, text, either)));
  }

  /** Ends running searches. */
  stop(): void {
    this.#stopped.abort();
    this.#stopped = new AbortController();
  }

  async #ask(
    directory: DirectorySearchResult['directory'],
    text: string,
    signal: AbortSignal,
  ): Promise<DirectorySearchResult> {
    const { http, userAgent, credentials } = this.#parts;
    const { timeoutSeconds } = directory;
    try {
      const vcards = await this.#cardDav.search(directory, text, {
        http,
        userAgent: userAgent(),
        credentials: ofThisRealm(credentials),
        timeoutMs: timeoutSeconds === 0 ? undefined : timeoutSeconds * 1000,
        signal,
      });
      return { directory, friends: vcards.map((vcard) => new Friend(vcard)), error: null };
    } catch (error) {
      if (!(error instanceof ContactsError)) throw error;
      return { directory, friends: [], error };
    }
  }
}

/**
 * The user of a directory is not the one of the account, so credentials are looked for by realm alone; and
 * no password of another realm is any business of the directory.
 */
function ofThisRealm(credentials: CredentialsProvider): CredentialsProvider {
  return {
    find(query) {
      const found = credentials.find(query);
      return found?.realm !== undefined && found.realm === query.realm ? found : undefined;
    },
    accepted: (used, query) => credentials.accepted?.(used, query),
  };
}
