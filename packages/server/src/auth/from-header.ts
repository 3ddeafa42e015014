import { parseUri } from '@dialtone/sip';

/** A user at a SIP domain. */
export interface SipAddress {
  readonly username: string;
  readonly domain: string;
}

/** The address of a `sip:` or `sips:` URI with a user part; undefined for anything else. */
export function addressOfSipUri(text: string): SipAddress | undefined {
  const uri = parseUri(text);
  // Nobody has a NUL character in a name, and PostgreSQL cannot even look for it.
  if (uri?.user === undefined || uri.user === '' || uri.user.includes('\0')) return undefined;
  if (uri.scheme !== 'sip' && uri.scheme !== 'sips') return undefined;
  return { username: uri.user, domain: uri.host };
}

/**
 * The address in the `From` field of an HTTP request (reference §4.1): a bare SIP URI up to the
 * first `;`, percent-decoded. The form with angle brackets is not one.
 */
export function addressOfFrom(from: string): SipAddress | undefined {
  const [uri = ''] = from.split(';', 1);
  try {
    return addressOfSipUri(decodeURIComponent(uri.trim()));
  } catch {
    return undefined;
  }
}
