import { textContent, type XmlElement } from '@dialtone/contract';
import { ContactsError } from '../friends/contacts-error.ts';
import { child, davRequest, type DavResource, type DavSession } from './webdav.ts';

const PROPFIND =
  '<propfind xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:carddav"><prop>' +
  '<resourcetype/><current-user-principal/><c:addressbook-home-set/></prop></propfind>';

/** Books of one directory that are searched. */
const MAX_BOOKS = 10;

/**
 * The address books behind a URI: itself, those of its home set, or those of the user it is opened by
 * (RFC 6352 §7.1, RFC 6764 §6).
 *
 * @throws ContactsError `contacts-no-address-book` among others.
 */
export async function findAddressBooks(session: DavSession, uri: string): Promise<readonly URL[]> {
  const url = URL.parse(uri);
  const [resource] = url === null ? [] : await lookAt(session, url, 0);
  if (resource === undefined) throw noAddressBook();
  if (isAddressBook(resource)) return [resource.url];
  const home = linkOf(resource, 'addressbook-home-set') ?? (await homeOfUser(session, resource));
  const books = home === undefined ? [] : await booksBelow(session, home);
  const found = books.length > 0 ? books : await booksBelow(session, resource.url);
  if (found.length === 0) throw noAddressBook();
  return found.slice(0, MAX_BOOKS);
}

async function homeOfUser(session: DavSession, resource: DavResource): Promise<URL | undefined> {
  const principal = linkOf(resource, 'current-user-principal');
  if (principal === undefined) return undefined;
  const [user] = await lookAt(session, principal, 0);
  return user && linkOf(user, 'addressbook-home-set');
}

async function booksBelow(session: DavSession, url: URL): Promise<readonly URL[]> {
  const resources = await lookAt(session, url, 1);
  return resources.filter(isAddressBook).map((resource) => resource.url);
}

function lookAt(session: DavSession, url: URL, depth: 0 | 1): Promise<readonly DavResource[]> {
  return davRequest(session, { method: 'PROPFIND', url, depth, body: PROPFIND });
}

function isAddressBook({ properties }: DavResource): boolean {
  const type = properties.get('resourcetype');
  return type !== undefined && child(type, 'addressbook') !== undefined;
}

/** The href inside a property, on the same server. */
function linkOf({ properties, url }: DavResource, name: string): URL | undefined {
  const property: XmlElement | undefined = properties.get(name);
  const href = property && child(property, 'href');
  const target = href && URL.parse(textContent(href).trim(), url.href);
  if (!target || target.origin !== url.origin) return undefined;
  target.username = url.username;
  target.password = url.password;
  return target;
}

function noAddressBook(): ContactsError {
  return new ContactsError('contacts-no-address-book', 'there is no address book at this URI');
}
