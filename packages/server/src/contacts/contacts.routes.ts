import { z } from 'zod';
import {
  type AccountDetails,
  selectAccountDetails,
} from '../accounts/account-details.repository.ts';
import { type Account, addressOf } from '../accounts/account.ts';
import { notFound } from '../errors/service-error.ts';
import { content } from '../http/reply.ts';
import { type Route, route } from '../http/route.ts';
import type { Platform } from '../platform.ts';
import { contactVcard } from './contact-vcard.ts';
import { selectContacts } from './contact.repository.ts';

const vcardType = 'text/vcard; charset=utf-8';

const tag = 'Contacts';

/** The list of contacts that provisioning tells phones to fetch (`contacts-vcard-list`). */
export function contactsRoutes({ db }: Pick<Platform, 'db'>): readonly Route[] {
  const cardsOf = async (contacts: readonly Account[]): Promise<string[]> => {
    const details = await selectAccountDetails(
      db,
      contacts.map(({ id }) => id),
    );
    return contacts.map((contact) => contactVcard(contact, details.get(contact.id) ?? NONE));
  };
  return [
    route({
      method: 'GET',
      path: '/contacts/vcard',
      audience: 'provisioning',
      tag,
      summary: 'Contacts of the authenticated account as vCards',
      responses: { 200: { description: 'vCard 4.0, one after another', contentType: vcardType } },
      handler: async ({ caller }) =>
        content(vcardType, (await cardsOf(await selectContacts(db, caller.accountId))).join('\n')),
    }),
    route({
      method: 'GET',
      path: '/contacts/vcard/:sip',
      audience: 'provisioning',
      tag,
      summary: 'One contact as a vCard',
      params: z.object({ sip: z.string().describe('`user@domain`') }),
      responses: {
        200: { description: 'vCard 4.0', contentType: vcardType },
        404: { description: 'Not a contact' },
      },
      handler: async ({ caller }, { params }) => {
        const contacts = await selectContacts(db, caller.accountId);
        const found = contacts.filter((contact) => addressOf(contact) === params.sip);
        const [card] = await cardsOf(found);
        if (card === undefined) throw notFound();
        return content(vcardType, card);
      },
    }),
  ];
}

const NONE: Pick<AccountDetails, 'types' | 'actions'> = { types: [], actions: [] };
