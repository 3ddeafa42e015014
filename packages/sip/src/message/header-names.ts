/** Header fields whose values may be joined by commas (RFC 3261 §7.3.1 and the extensions we read). */
const LISTS = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'alert-info',
  'allow',
  'allow-events',
  'call-info',
  'contact',
  'content-encoding',
  'content-language',
  'error-info',
  'in-reply-to',
  'p-asserted-identity',
  'p-associated-uri',
  'p-preferred-identity',
  'path',
  'proxy-require',
  'record-route',
  'require',
  'route',
  'service-route',
  'supported',
  'unsupported',
  'via',
  'warning',
]);

/** Compact forms of the IANA registry. RFC 3261 §7.3.3. */
const COMPACT_FORMS: Record<string, string> = {
  a: 'Accept-Contact',
  b: 'Referred-By',
  c: 'Content-Type',
  d: 'Request-Disposition',
  e: 'Content-Encoding',
  f: 'From',
  i: 'Call-ID',
  j: 'Reject-Contact',
  k: 'Supported',
  l: 'Content-Length',
  m: 'Contact',
  o: 'Event',
  r: 'Refer-To',
  s: 'Subject',
  t: 'To',
  u: 'Allow-Events',
  v: 'Via',
  x: 'Session-Expires',
  y: 'Identity',
};

const USUAL_SPELLINGS = [
  ...Object.values(COMPACT_FORMS),
  'Accept',
  'Allow',
  'Authentication-Info',
  'Authorization',
  'CSeq',
  'Date',
  'Expires',
  'Max-Forwards',
  'Min-Expires',
  'Organization',
  'P-Associated-URI',
  'Path',
  'Proxy-Authenticate',
  'Proxy-Authorization',
  'Record-Route',
  'Require',
  'Retry-After',
  'Route',
  'Server',
  'Service-Route',
  'Unsupported',
  'User-Agent',
  'Warning',
  'WWW-Authenticate',
];

/** Spelling on the wire to key, for the spellings worth not lower-casing again and again. */
const KEYS = new Map<string, string>([
  ...USUAL_SPELLINGS.flatMap((name): [string, string][] => [
    [name, name.toLowerCase()],
    [name.toLowerCase(), name.toLowerCase()],
  ]),
  ...Object.entries(COMPACT_FORMS).flatMap(([short, name]): [string, string][] => [
    [short, name.toLowerCase()],
    [short.toUpperCase(), name.toLowerCase()],
  ]),
]);

/** The key of a usual spelling, undefined for others. */
export function knownHeaderKey(name: string): string | undefined {
  return KEYS.get(name);
}

/** The name under which a field is compared: lower case, compact form expanded. */
export function headerKey(name: string): string {
  const known = KEYS.get(name);
  if (known !== undefined) return known;
  const key = name.toLowerCase();
  return KEYS.get(key) ?? key;
}

/** Whether values of the field with this key may be joined by commas. */
export function isListHeader(key: string): boolean {
  return LISTS.has(key);
}
