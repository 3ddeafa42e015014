import type { Params } from './params.ts';
import type { SipUri } from './uri.ts';

/** Parameters that must match even when only one URI has them. RFC 3261 §19.1.4. */
const ALWAYS_COMPARED = ['user', 'ttl', 'method', 'maddr', 'transport'];

/**
 * Whether two URIs are equivalent by RFC 3261 §19.1.4: user and password exactly, everything else
 * without case; an absent port or listed parameter differs from its explicit default; other
 * parameters count when both URIs have them; headers always count.
 */
export function uriEquals(a: SipUri, b: SipUri): boolean {
  return (
    a.scheme === b.scheme &&
    a.user === b.user &&
    a.password === b.password &&
    a.host.toLowerCase() === b.host.toLowerCase() &&
    a.port === b.port &&
    ALWAYS_COMPARED.every((name) => sameValue(a.params, b.params, name)) &&
    [...a.params.keys()].every(
      (name) => !b.params.has(name) || sameValue(a.params, b.params, name),
    ) &&
    a.headers.size === b.headers.size &&
    [...a.headers.keys()].every((name) => sameValue(a.headers, b.headers, name))
  );
}

function sameValue(a: Params, b: Params, name: string): boolean {
  return a.has(name) === b.has(name) && a.get(name)?.toLowerCase() === b.get(name)?.toLowerCase();
}
