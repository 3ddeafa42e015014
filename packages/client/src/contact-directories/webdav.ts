import {
  childElements,
  parseXml,
  textContent,
  type XmlElement,
  XmlError,
} from '@dialtone/contract';
import type { CredentialsProvider } from '../http/credentials.ts';
import { ContactsError } from '../friends/contacts-error.ts';
import { requestContacts, type SendHttp } from '../friends/request-contacts.ts';

/** What a WebDAV server is asked with. */
export interface DavSession {
  readonly http: SendHttp;
  readonly userAgent: string;
  readonly credentials: CredentialsProvider;
  readonly timeoutMs: number | undefined;
  readonly signal: AbortSignal;
}

/** What a server says of one resource. */
export interface DavResource {
  readonly url: URL;
  /** The properties it has, by local name. */
  readonly properties: ReadonlyMap<string, XmlElement>;
}

const LIMITS = { maxLength: 16 * 1024 * 1024, maxNodes: 200_000 };

/**
 * Sends a WebDAV request and reads its multistatus (RFC 4918 §13). Resources on other servers than the
 * one that was asked are left out: they would get its credentials next.
 *
 * @throws ContactsError
 */
export async function davRequest(
  { http, userAgent, credentials, timeoutMs, signal }: DavSession,
  request: {
    readonly method: 'PROPFIND' | 'REPORT';
    readonly url: URL;
    readonly depth: 0 | 1;
    readonly body: string;
  },
): Promise<readonly DavResource[]> {
  const { method, url, depth, body } = request;
  const response = await requestContacts(
    http,
    {
      method,
      url,
      headers: [
        ['User-Agent', userAgent],
        ['Content-Type', 'application/xml; charset=utf-8'],
        ['Depth', String(depth)],
      ],
      body: `<?xml version="1.0" encoding="utf-8"?>${body}`,
      credentials,
      signal,
      ...(timeoutMs !== undefined && { timeoutMs }),
    },
    207,
  );
  return childElements(parseAnswer(response.text()))
    .filter(({ localName }) => localName === 'response')
    .flatMap((element) => readResource(element, url) ?? []);
}

function parseAnswer(text: string): XmlElement {
  try {
    const root = parseXml(text, LIMITS);
    if (root.localName === 'multistatus') return root;
  } catch (cause) {
    if (!(cause instanceof XmlError)) throw cause;
    throw new ContactsError('contacts-unreadable', 'the answer is no WebDAV answer', { cause });
  }
  throw new ContactsError('contacts-unreadable', 'the answer is no WebDAV answer');
}

function readResource(response: XmlElement, base: URL): DavResource | undefined {
  const href = child(response, 'href');
  const url = href && URL.parse(textContent(href).trim(), base.href);
  if (!url || url.origin !== base.origin) return undefined;
  // `user:password@` of the URI that was configured.
  url.username = base.username;
  url.password = base.password;
  const properties = new Map<string, XmlElement>();
  for (const part of childElements(response).filter(({ localName }) => localName === 'propstat')) {
    const status = child(part, 'status');
    const found = status === undefined || / 200(?: |$)/.test(textContent(status).trim());
    const prop = child(part, 'prop');
    if (!found || prop === undefined) continue;
    for (const property of childElements(prop)) properties.set(property.localName, property);
  }
  return { url, properties };
}

/** The first child element of that name. */
export function child(element: XmlElement, localName: string): XmlElement | undefined {
  return childElements(element).find((each) => each.localName === localName);
}
