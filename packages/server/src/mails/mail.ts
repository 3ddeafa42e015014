import type { PhraseKey } from '@dialtone/phrases';

/** How a value appears when it stands alone in its block. */
export type PlaceKind = 'text' | 'code' | 'link' | 'image';

/** Every mail with the places that its template may use. */
export const mails = {
  activation: { space: 'text', sip: 'text', link: 'link', key: 'code', validity: 'text' },
  account_recovery: { space: 'text', sip: 'text', key: 'code', validity: 'text' },
  email_change: { space: 'text', code: 'code', validity: 'text' },
  phone_moved: { space: 'text', sip: 'text', phone: 'text' },
  provisioning: { space: 'text', sip: 'text', link: 'link', qrcode: 'image' },
  recovery_code: { space: 'text', sip: 'text', code: 'code', validity: 'text' },
  reset_password: { space: 'text', sip: 'text', link: 'link', validity: 'text' },
  space_expiring: { space: 'text', date: 'text', days: 'text' },
} as const satisfies Readonly<Record<string, Readonly<Record<string, PlaceKind>>>>;

export type MailName = keyof typeof mails;

/** What fills the places of a mail; an empty value makes a block that consists of it vanish. */
export type MailValues<Name extends MailName> = Readonly<
  Record<keyof (typeof mails)[Name], string>
>;

/** The phrase that holds the template of a mail. */
export function phraseOf(name: MailName): PhraseKey {
  return `mail.${name}`;
}

export function isMailName(name: string): name is MailName {
  return Object.hasOwn(mails, name);
}

/** The kind of a place of a mail; undefined when it has no such place. */
export function placeKind(name: MailName, place: string): PlaceKind | undefined {
  const places: Readonly<Record<string, PlaceKind>> = mails[name];
  return Object.hasOwn(places, place) ? places[place] : undefined;
}
