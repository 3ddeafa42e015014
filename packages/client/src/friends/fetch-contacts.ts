import { setImmediate } from 'node:timers/promises';
import { splitVcards, VcardError } from '@dialtone/contract';
import type { Address } from '../address/address.ts';
import type { HttpResponse } from '../http/http-message.ts';
import { ContactsError } from './contacts-error.ts';
import { requestContacts, type SendHttp } from './request-contacts.ts';
import { Vcard } from './vcard.ts';

/** What contacts are fetched with. */
export interface ContactsRequest {
  readonly url: string;
  readonly userAgent: string;
  /** Of the default account: whose credentials answer, and `From` of the request. */
  readonly identity: Address | null;
  readonly signal: AbortSignal;
  readonly http: SendHttp;
}

/** The cards of a server's contacts list. */
export interface FetchedContacts {
  readonly vcards: readonly Vcard[];
  /** Of the cards that could not be read. */
  readonly skipped: readonly VcardError[];
}

const MAX_BODY_BYTES = 32 * 1024 * 1024;
const MAX_CARDS = 20_000;
const TIMEOUT_MS = 300_000;
/** Cards read before others get their turn: a millisecond's work. */
const SLICE = 100;

/**
 * Fetches a contacts list: one vCard after another (provisioning-client.md §2.9). Cards that cannot be
 * read are left out; an empty answer is an empty list.
 *
 * @throws ContactsError
 */
export async function fetchContacts(request: ContactsRequest): Promise<FetchedContacts> {
  const text = (await get(request)).text();
  const vcards: Vcard[] = [];
  const skipped: VcardError[] = [];
  for (const card of splitVcards(text)) {
    const read = vcards.length + skipped.length;
    if (read === MAX_CARDS) {
      throw new ContactsError('contacts-too-many', `more than ${MAX_CARDS} contacts`);
    }
    if (read % SLICE === SLICE - 1) await setImmediate();
    try {
      vcards.push(Vcard.parse(card));
    } catch (error) {
      if (!(error instanceof VcardError)) throw error;
      skipped.push(error);
    }
  }
  if (vcards.length === 0 && text.trim() !== '') {
    throw new ContactsError('contacts-unreadable', 'the answer holds no vCard that can be read');
  }
  return { vcards, skipped };
}

async function get(request: ContactsRequest): Promise<HttpResponse> {
  const { url, userAgent, identity, signal, http } = request;
  const { username = null, domain = null } = identity ?? {};
  return await requestContacts(
    http,
    {
      url,
      headers: [
        ['User-Agent', userAgent],
        ['Accept', 'text/vcard'],
        ['Accept-Encoding', 'gzip'],
        ...(identity === null ? [] : [['From', identity.asStringUriOnly()] as const]),
      ],
      identity: username === null || domain === null ? undefined : { username, domain },
      maxBodyBytes: MAX_BODY_BYTES,
      timeoutMs: TIMEOUT_MS,
      signal,
    },
    200,
  );
}
