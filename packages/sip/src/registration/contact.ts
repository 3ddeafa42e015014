import type { NameAddr } from '../message/name-addr.ts';
import { NO_PARAMS } from '../message/params.ts';
import type { SipResponse } from '../message/message.ts';
import { parseUri, uriEquals, type SipUri } from '../message/uri.ts';
import { DEFAULT_PORTS } from '../transport/default-port.ts';
import type { Flow, TransportProtocol } from '../transport/transport.ts';
import type { PublicAddress } from './public-addresses.ts';

/** The Contact to register. */
export interface ContactTemplate {
  readonly address: NameAddr;
  /** Host, port and transport are those of the flow used; false: sent as it is (GRUU, dependent account). */
  readonly automatic: boolean;
}

/** The Contact to send on `flow` (registration.md §2.9). */
export function fillContact(
  template: ContactTemplate,
  flow: Flow,
  publicAddress: PublicAddress | undefined,
): NameAddr {
  if (!template.automatic) return template.address;
  const { address } = template;
  const seen = publicAddress ?? flow.sentBy;
  const params = new Map(address.uri.params);
  params.delete('transport');
  if (address.uri.scheme === 'sip') params.set('transport', transportParam(flow.protocol));
  const port = seen.port === DEFAULT_PORTS[flow.protocol] ? undefined : seen.port;
  return { ...address, uri: { ...address.uri, host: seen.host, port, params } };
}

/** RFC 7118 §5.2: `transport=ws` also names secure WebSocket. */
function transportParam(protocol: TransportProtocol): string {
  return protocol === 'wss' ? 'ws' : protocol;
}

/** True when the other side sees us elsewhere than the Contact we sent says (registration.md §2.10). */
export function needsCorrection(
  sent: NameAddr,
  flow: Flow,
  publicAddress: PublicAddress | undefined,
): boolean {
  if (publicAddress === undefined) return false;
  const port = (value: number | undefined): number => value ?? DEFAULT_PORTS[flow.protocol];
  return (
    sent.uri.host.toLowerCase() !== publicAddress.host.toLowerCase() ||
    port(sent.uri.port) !== port(publicAddress.port)
  );
}

/** The Contacts of a response; none when they cannot be read: a registrar's slip must not end a binding. */
export function contactsOf(response: SipResponse): readonly NameAddr[] {
  try {
    const { contacts } = response.headers;
    return contacts === '*' ? [] : contacts;
  } catch {
    return [];
  }
}

/**
 * Our own binding among those the registrar lists (RFC 3261 §10.3 step 8, registration.md §2.8). Where
 * somebody on the way rewrote its address, the instance still tells it (RFC 5626 §4.1).
 */
export function findOwnContact(
  response: SipResponse,
  sent: NameAddr,
  flow: Flow,
  publicAddress: PublicAddress | undefined,
): NameAddr | undefined {
  const contacts = contactsOf(response);
  const corrected = fillContact({ address: sent, automatic: true }, flow, publicAddress);
  return (
    contacts.find((contact) => sameBinding(contact.uri, corrected.uri)) ??
    contacts.find((contact) => sameBinding(contact.uri, sent.uri)) ??
    contacts.find((contact) => sameInstance(contact, sent))
  );
}

function sameInstance(a: NameAddr, b: NameAddr): boolean {
  const instance = a.params.get('+sip.instance');
  return typeof instance === 'string' && instance === b.params.get('+sip.instance');
}

/** RFC 3261 §19.1.4, but a default port equals an absent one. */
function sameBinding(a: SipUri, b: SipUri): boolean {
  return uriEquals(withoutDefaultPort(a), withoutDefaultPort(b));
}

function withoutDefaultPort(uri: SipUri): SipUri {
  const tls = uri.scheme === 'sips' || uri.params.get('transport') === 'tls';
  return uri.port === (tls ? 5061 : 5060) ? { ...uri, port: undefined } : uri;
}

/**
 * Under which address we are reachable now: the public GRUU (RFC 5627 §4), else our binding as the
 * registrar lists it, else what was sent.
 */
export function boundContact(own: NameAddr | undefined, sent: NameAddr): NameAddr {
  const gruu = own?.params.get('pub-gruu');
  const uri = typeof gruu === 'string' ? parseUri(gruu) : undefined;
  if (uri !== undefined) return { displayName: sent.displayName, uri, params: NO_PARAMS };
  return own ?? sent;
}
