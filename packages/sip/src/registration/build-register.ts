import type { SipRequest } from '../message/message.ts';
import { serializeNameAddr, type NameAddr } from '../message/name-addr.ts';
import { createRequest } from '../message/request.ts';
import { uriEquals } from '../message/uri.ts';
import type { NextHop } from '../transport/transport.ts';
import type { ContactTemplate } from './contact.ts';

/** Everything a registration repeats in each REGISTER. Immutable; an edit makes a new one. */
export interface RegisterParameters {
  /** Domain of the address of record, without user (RFC 3261 §10.2). */
  readonly requestUri: string;
  /** From and To: name-addr text with angle brackets, without tag. */
  readonly addressOfRecord: string;
  /** User and host of the address of record, to find credentials. */
  readonly username: string | undefined;
  readonly domain: string;
  readonly nextHop: NextHop;
  /** Seconds; 0 asks for the removal of the binding. */
  readonly expiresSeconds: number;
  readonly contact: ContactTemplate;
  /** A second binding of the application's choice. */
  readonly customContact: NameAddr | undefined;
  /** Bindings to remove with the first REGISTER. */
  readonly withdrawnContacts: readonly NameAddr[];
  /** Option tags of `Supported`, comma-separated; empty: no header. */
  readonly supported: string;
  readonly userAgent: string;
  readonly sendDate: boolean;
  /** `P-Preferred-Identity` (RFC 3325 §9.2). */
  readonly preferredIdentity: string | undefined;
  /** Added last; replace headers of the same name. */
  readonly customHeaders: readonly (readonly [name: string, value: string])[];
  /** Realm whose nonces may be used again by a new Call-ID (registration.md §3.6). */
  readonly realm: string | undefined;
}

/** What changes from one REGISTER to the next. */
export interface RegisterVariables {
  readonly requestUri: string;
  readonly callId: string;
  readonly fromTag: string;
  readonly cseq: number;
  readonly expiresSeconds: number;
  readonly contact: NameAddr;
  /** False once the withdrawn contacts are gone. */
  readonly withdraw: boolean;
  /** Milliseconds since the epoch, for `Date`. */
  readonly now: number;
  readonly authorization: readonly (readonly [name: string, value: string])[];
}

const ACCEPT = 'application/sdp, text/plain, application/vnd.gsma.rcs-ft-http+xml';

/** Builds one REGISTER without Via (registration.md §2.3). */
export function buildRegister(
  parameters: RegisterParameters,
  variables: RegisterVariables,
): SipRequest {
  const { expiresSeconds } = variables;
  const lines: (readonly [string, string])[] = [
    ['From', `${parameters.addressOfRecord};tag=${variables.fromTag}`],
    ['To', parameters.addressOfRecord],
    ['Call-ID', variables.callId],
    ['CSeq', `${variables.cseq} REGISTER`],
    ['Max-Forwards', '70'],
    ['Contact', serializeNameAddr(withExpires(variables.contact, expiresSeconds))],
  ];
  if (parameters.customContact !== undefined) {
    lines.push([
      'Contact',
      serializeNameAddr(withExpires(parameters.customContact, expiresSeconds)),
    ]);
  }
  if (variables.withdraw) {
    for (const contact of parameters.withdrawnContacts) {
      // We may be back where we were before.
      if (uriEquals(contact.uri, variables.contact.uri)) continue;
      const params = new Map(contact.params).set('expires', '0');
      lines.push(['Contact', serializeNameAddr({ ...contact, params })]);
    }
  }
  lines.push(['Expires', String(expiresSeconds)]);
  if (parameters.supported !== '') lines.push(['Supported', parameters.supported]);
  lines.push(['Accept', ACCEPT], ['User-Agent', parameters.userAgent]);
  if (parameters.sendDate) lines.push(['Date', new Date(variables.now).toUTCString()]);
  if (parameters.preferredIdentity !== undefined) {
    lines.push(['P-Preferred-Identity', parameters.preferredIdentity]);
  }
  lines.push(...variables.authorization);
  return createRequest('REGISTER', variables.requestUri, replaced(lines, parameters.customHeaders));
}

/** An `expires` the application put on a Contact follows the Expires header. */
function withExpires(contact: NameAddr, expiresSeconds: number): NameAddr {
  if (!contact.params.has('expires')) return contact;
  return {
    ...contact,
    params: new Map(contact.params).set('expires', String(expiresSeconds)),
  };
}

function replaced(
  lines: readonly (readonly [string, string])[],
  custom: RegisterParameters['customHeaders'],
): readonly (readonly [string, string])[] {
  if (custom.length === 0) return lines;
  const names = new Set(custom.map(([name]) => name.toLowerCase()));
  return [...lines.filter(([name]) => !names.has(name.toLowerCase())), ...custom];
}
