import { forbidden } from '../errors/service-error.ts';
import type { Platform } from '../platform.ts';
import type { Authenticator } from './admission.ts';
import { callerFromRow, selectCallerByAddress } from './caller.repository.ts';
import { addressOfSipUri } from './from-header.ts';

/** Set by the TLS front end; believed only when it is a trusted proxy. */
const certificateHeader = 'x-ssl-client-cert';
const subjectHeader = 'x-ssl-client-s-dn';

/**
 * Client certificates (reference §4.4). The TLS front end has verified the certificate and passes it
 * with its subject; the only RDN must be a `CN` that is the SIP URI of an account of this space.
 */
export function certificateAuthenticator(platform: Pick<Platform, 'db'>): Authenticator {
  return async (context) => {
    if (!context.viaTrustedProxy || !context.header(certificateHeader)) return undefined;
    const { space } = context;
    const [, name] = /^CN=(.+)$/.exec(context.header(subjectHeader) ?? '') ?? [];
    const address = name === undefined ? undefined : addressOfSipUri(unescapeName(name));
    if (
      !space.switches.client_certificate_authentication ||
      address === undefined ||
      address.domain !== space.domain
    ) {
      throw forbidden('auth.certificate_refused');
    }
    const account = await selectCallerByAddress(platform.db, address);
    if (account === undefined) throw forbidden('auth.no_account');
    return { caller: callerFromRow(account, 'certificate'), headers: {} };
  };
}

/** Undoes the escapes of RFC 4514 §2.4: front ends write the `+` of a phone number as `\+`. */
function unescapeName(name: string): string {
  return name.replace(/((?:\\[\da-f]{2})+)|\\(.)/gi, (_all, hex?: string, character = '') =>
    hex === undefined ? character : Buffer.from(hex.replaceAll('\\', ''), 'hex').toString('utf8'),
  );
}
