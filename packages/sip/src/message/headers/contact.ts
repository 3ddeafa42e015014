import { type NameAddr, parseNameAddr } from '../name-addr.ts';
import { splitList } from '../list.ts';

/**
 * Reads all Contact lines of a message: `'*'`, or every address. Undefined when one is malformed,
 * not a SIP or SIPS URI, or `*` does not stand alone. RFC 3261 §20.10, §10.3 step 6.
 */
export function parseContacts(lines: readonly string[]): '*' | readonly NameAddr[] | undefined {
  if (lines.length === 1 && lines[0] === '*') return '*';
  const contacts: NameAddr[] = [];
  for (const line of lines) {
    for (const value of splitList(line)) {
      const contact = parseNameAddr(value);
      if (contact === undefined) return undefined;
      contacts.push(contact);
    }
  }
  return contacts;
}
