import type { SipRequest } from '../message/message.ts';
import type { NameAddr } from '../message/name-addr.ts';
import { uriEquals } from '../message/uri.ts';
import type { Binding } from './binding.ts';

/** Seconds, except `maxContacts`. */
export interface BindingPolicy {
  /** Shorter wishes are refused with 423 (RFC 3261 §10.2.8). */
  readonly minExpires: number;
  /** Longer wishes are granted this much. */
  readonly maxExpires: number;
  readonly defaultExpires: number;
  /** Bindings per address-of-record. */
  readonly maxContacts: number;
}

export type BindingUpdate =
  | { readonly kind: 'bindings'; readonly bindings: readonly Binding[]; readonly changed: boolean }
  | { readonly kind: 'rejected'; readonly status: number; readonly reason: string };

const rejected = (status: number, reason: string): BindingUpdate => ({
  kind: 'rejected',
  status,
  reason,
});

const MAX_DELTA_SECONDS = 2 ** 31 - 1;

/** `expires` of one Contact: its parameter, else the Expires header, else the default (§10.3 step 7). */
const wantedExpires = (
  contact: NameAddr,
  header: number | undefined,
  defaultExpires: number,
): number => {
  const text = contact.params.get('expires');
  if (text !== undefined && text !== null && /^\d{1,10}$/.test(text)) {
    return Math.min(Number(text), MAX_DELTA_SECONDS);
  }
  return header ?? defaultExpires;
};

const instanceIdOf = (contact: NameAddr): string | undefined =>
  contact.params.get('+sip.instance')?.replace(/^<(.*)>$/, '$1') || undefined;

const regIdOf = (contact: NameAddr): number | undefined => {
  const text = contact.params.get('reg-id');
  return text && /^[1-9]\d{0,9}$/.test(text) ? Number(text) : undefined;
};

/** The binding a Contact refers to: same instance and flow (RFC 5626 §6), else an equal URI. */
const isSameContact =
  (contact: NameAddr) =>
  (binding: Binding): boolean => {
    const instanceId = instanceIdOf(contact);
    if (instanceId !== undefined && binding.instanceId !== undefined) {
      return instanceId === binding.instanceId && regIdOf(contact) === binding.regId;
    }
    return uriEquals(binding.contact.uri, contact.uri);
  };

const withoutExpires = (contact: NameAddr): NameAddr => {
  if (!contact.params.has('expires')) return contact;
  const params = new Map(contact.params);
  params.delete('expires');
  return { ...contact, params };
};

/** A request of the same Call-ID must not be older than what is stored (§10.3 steps 6 and 7). */
const isOutOfOrder = (binding: Binding, request: SipRequest): boolean =>
  binding.callId === request.headers.callId && request.headers.cseq.sequence <= binding.cseq;

const removeAll = (current: readonly Binding[], request: SipRequest): BindingUpdate => {
  if (request.headers.expires !== 0) return rejected(400, 'Contact * Needs Expires 0');
  if (current.some((binding) => isOutOfOrder(binding, request))) {
    return rejected(500, 'CSeq Out Of Order');
  }
  return { kind: 'bindings', bindings: [], changed: current.length > 0 };
};

/**
 * What a REGISTER makes of the bindings of its address-of-record: all of it or nothing (RFC 3261
 * §10.3 steps 6 to 8). Pure; the caller stores the result.
 */
export const updateBindings = (
  current: readonly Binding[],
  request: SipRequest,
  received: Binding['received'],
  policy: BindingPolicy,
  now: number,
): BindingUpdate => {
  const { headers } = request;
  const { contacts } = headers;
  if (contacts === '*') return removeAll(current, request);

  // Enough to replace every binding by another; each contact is compared with all before it.
  if (contacts.length > 2 * policy.maxContacts) return rejected(503, 'Too Many Contacts');
  let bindings = current;
  for (const contact of contacts) {
    const expires = wantedExpires(contact, headers.expires, policy.defaultExpires);
    if (expires > 0 && expires < policy.minExpires) return rejected(423, 'Interval Too Brief');
    const known = bindings.find(isSameContact(contact));
    if (known !== undefined && isOutOfOrder(known, request)) {
      return rejected(500, 'CSeq Out Of Order');
    }
    const others = bindings.filter((binding) => binding !== known);
    if (expires === 0) {
      bindings = others;
      continue;
    }
    bindings = [
      ...others,
      {
        contact: withoutExpires(contact),
        callId: headers.callId,
        cseq: headers.cseq.sequence,
        expiresAt: now + Math.min(expires, policy.maxExpires) * 1000,
        instanceId: instanceIdOf(contact),
        regId: regIdOf(contact),
        path: headers.getAll('path'),
        userAgent: headers.get('user-agent'),
        received,
        updatedAt: now,
      },
    ];
  }
  if (bindings.length > policy.maxContacts) return rejected(503, 'Too Many Contacts');
  return { kind: 'bindings', bindings, changed: contacts.length > 0 };
};
