import { isIP } from 'node:net';
import { canonicalAddress } from '../ip-address.ts';

/** The subjects of a certificate by kind: subject alternative names and common names. */
export interface CertificateNames {
  readonly dns: readonly string[];
  readonly addresses: readonly string[];
  readonly uris: readonly string[];
  readonly commonNames: readonly string[];
}

/** The part of Node's `PeerCertificate` that names the peer; several CN fields come as an array. */
export interface NamedCertificate {
  readonly subject?: { readonly CN?: string | readonly string[] };
  readonly subjectaltname?: string | undefined;
}

/** `TYPE:value`, the value JSON-quoted by Node when it holds a comma or quote. */
const ALTERNATIVE_NAME = /([^:,\s][^:,]*):("(?:[^"\\]|\\.)*"|[^,]*)/g;

export function certificateNames(certificate: NamedCertificate): CertificateNames {
  const names: Record<string, string[]> = {};
  for (const [, type = '', value = ''] of (certificate.subjectaltname ?? '').matchAll(
    ALTERNATIVE_NAME,
  )) {
    (names[type] ??= []).push(unquote(value.trim()));
  }
  const commonName = certificate.subject?.CN ?? [];
  return {
    dns: names['DNS'] ?? [],
    addresses: names['IP Address'] ?? [],
    uris: names['URI'] ?? [],
    commonNames: typeof commonName === 'string' ? [commonName] : commonName,
  };
}

/**
 * Whether the certificate speaks for `host`: SAN of any kind or CN, case ignored, `*.` standing for
 * one label (registration.md §2.13; RFC 5922 §7.1 alone would refuse wildcards).
 */
export function namesCoverHost(names: CertificateNames, host: string): boolean {
  if (isIP(host) !== 0) {
    const address = canonicalAddress(host);
    return names.addresses.some((known) => canonicalAddress(known) === address);
  }
  const wanted = host.toLowerCase();
  const patterns = [...names.dns, ...names.uris.map(domainOfSipUri), ...names.commonNames];
  return patterns.some((pattern) => matchesPattern(pattern.toLowerCase(), wanted));
}

/** Whether one subject matches the whole expression (`tls_certificate_subject_regexp`). */
export function namesMatch(names: CertificateNames, expression: RegExp): boolean {
  return Object.values(names)
    .flat()
    .some((name) => expression.test(name));
}

function matchesPattern(pattern: string, host: string): boolean {
  if (!pattern.startsWith('*.')) return pattern === host;
  const dot = host.indexOf('.');
  return dot > 0 && host.slice(dot) === pattern.slice(1);
}

/** RFC 5922 §7.1: `URI:sip:domain`, without user part. */
function domainOfSipUri(uri: string): string {
  return /^sips?:([^@:;?]+)$/i.exec(uri)?.[1] ?? '';
}

function unquote(value: string): string {
  if (!value.startsWith('"')) return value;
  try {
    return String(JSON.parse(value));
  } catch {
    return value;
  }
}
