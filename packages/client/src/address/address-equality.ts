import type { NameAddr, Params, SipUri } from '@dialtone/sip';

/** Same user, host (case-sensitive) and port, an absent port being 5060 (registration.md §5.4). */
export function sameTarget(a: SipUri | undefined, b: SipUri | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.user === b.user && a.host === b.host && (a.port ?? 5060) === (b.port ?? 5060);
}

/** Parameters that differ when only one side has them (RFC 3261 §19.1.4). */
const SIGNIFICANT = ['transport', 'user', 'ttl', 'method', 'maddr'];

/**
 * Strong equality: scheme, user, host, exact port, significant parameters, other parameters where both
 * have them, display name. Password, URI headers and header parameters do not count.
 */
export function sameAddress(a: NameAddr | undefined, b: NameAddr | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.displayName === b.displayName &&
    a.uri.scheme === b.uri.scheme &&
    a.uri.user === b.uri.user &&
    a.uri.host.toLowerCase() === b.uri.host.toLowerCase() &&
    a.uri.port === b.uri.port &&
    sameParams(a.uri.params, b.uri.params)
  );
}

function sameParams(a: Params, b: Params): boolean {
  return (
    SIGNIFICANT.every((name) => valueOf(a, name) === valueOf(b, name)) &&
    [...a.keys()].every((name) => !b.has(name) || valueOf(a, name) === valueOf(b, name))
  );
}

function valueOf(params: Params, name: string): string | undefined {
  return params.has(name) ? (params.get(name) ?? '').toLowerCase() : undefined;
}
