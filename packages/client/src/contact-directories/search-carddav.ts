import { escapeXmlAttribute, escapeXmlText, textContent, VcardError } from '@dialtone/contract';
import { Vcard } from '../friends/vcard.ts';
import { findAddressBooks } from './address-books.ts';
import type { CardDavDirectory } from './remote-contact-directory.ts';
import { davRequest, type DavResource, type DavSession } from './webdav.ts';

/** Searched where the directory names no fields. No structured ones: there are servers that fail on them. */
const DEFAULT_FIELDS = ['FN', 'EMAIL', 'TEL', 'IMPP'];
/** Of a directory without limit. */
const MAX_RESULTS = 1000;

/** Searches CardDAV directories (RFC 6352 §8.6); remembers where their address books are. */
export class CardDavSearch {
  readonly #books = new Map<string, readonly URL[]>();

  /**
   * Cards with `text` in one of the directory's fields. What cannot be read is left out.
   *
   * @throws ContactsError
   */
  async search(
    directory: CardDavDirectory,
    text: string,
    session: DavSession,
  ): Promise<readonly Vcard[]> {
    const { uri, resultsLimit } = directory;
    const limit = resultsLimit === 0 ? MAX_RESULTS : Math.min(resultsLimit, MAX_RESULTS);
    const body = query(directory, text, limit);
    const found: Vcard[] = [];
    try {
      for (const url of await this.#booksOf(uri, session)) {
        if (found.length >= limit) break;
        const resources = await davRequest(session, { method: 'REPORT', url, depth: 1, body });
        found.push(...resources.flatMap((resource) => cardOf(resource) ?? []));
      }
    } catch (error) {
      // It may have moved.
      this.#books.delete(uri);
      throw error;
    }
    return found.slice(0, limit);
  }

  async #booksOf(uri: string, session: DavSession): Promise<readonly URL[]> {
    const known = this.#books.get(uri);
    if (known !== undefined) return known;
    const books = await findAddressBooks(session, uri);
    this.#books.set(uri, books);
    return books;
  }
}

function query(directory: CardDavDirectory, text: string, limit: number): string {
  const { fieldsForUserInput, useExactMatchPolicy } = directory;
  const fields = fieldsForUserInput.length === 0 ? DEFAULT_FIELDS : fieldsForUserInput;
  const match =
    `<c:text-match collation="i;unicode-casemap" match-type="${useExactMatchPolicy ? 'equals' : 'contains'}">` +
    `${escapeXmlText(text)}</c:text-match>`;
  const filters = fields.map(
    (field) => `<c:prop-filter name="${escapeXmlAttribute(field)}">${match}</c:prop-filter>`,
  );
  return (
    '<c:addressbook-query xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav">' +
    '<prop><c:address-data/></prop>' +
    `<c:filter test="anyof">${filters.join('')}</c:filter>` +
    `<c:limit><c:nresults>${limit}</c:nresults></c:limit></c:addressbook-query>`
  );
}

function cardOf({ properties }: DavResource): Vcard | undefined {
  const data = properties.get('address-data');
  if (data === undefined) return undefined;
  try {
    return Vcard.parse(textContent(data).trim());
  } catch (error) {
    if (error instanceof VcardError) return undefined;
    throw error;
  }
}
