import type { HeaderField } from '../header-field.ts';
import { MARKS } from '../header-names.ts';
import { readListFields } from '../list.ts';
import { type NameAddr, readNameAddr } from '../name-addr.ts';

/** `Contact: *`, or every address of a message. RFC 3261 §20.10. */
export type Contacts = '*' | readonly NameAddr[];

/**
 * Reads all Contact fields. Undefined when one is malformed, is not a SIP or SIPS URI, or `*` does
 * not stand alone (RFC 3261 §10.3 step 6).
 */
export function readContacts(fields: readonly HeaderField[]): Contacts | undefined {
  return readListFields(fields, MARKS.contact, readNameAddr) ?? readStar(fields);
}

function readStar(fields: readonly HeaderField[]): '*' | undefined {
  const values = readListFields(fields, MARKS.contact, (text, start, end) =>
    text.slice(start, end),
  );
  return values?.length === 1 && values[0] === '*' ? '*' : undefined;
}
