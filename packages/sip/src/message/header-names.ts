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

/** A header name as often written, and the key under which it is compared. */
export interface KnownName {
  readonly name: string;
  readonly key: string;
}

const KNOWN_NAMES: readonly KnownName[] = [
  ...USUAL_SPELLINGS.flatMap((name) => [
    { name, key: name.toLowerCase() },
    { name: name.toLowerCase(), key: name.toLowerCase() },
  ]),
  ...Object.entries(COMPACT_FORMS).flatMap(([short, name]) => [
    { name: short, key: name.toLowerCase() },
    { name: short.toUpperCase(), key: name.toLowerCase() },
  ]),
];

const KEYS = new Map(KNOWN_NAMES.map(({ name, key }) => [name, key]));

/** Known names by length and first letter: finds one in a line without cutting it out first. */
const LONGEST = Math.max(...KNOWN_NAMES.map(({ name }) => name.length));
const BUCKETS: (readonly KnownName[])[] = Array.from({ length: (LONGEST + 1) * 128 }, () => []);
for (const known of KNOWN_NAMES) {
  const index = bucketIndex(known.name.charCodeAt(0), known.name.length);
  BUCKETS[index] = [...(BUCKETS[index] ?? []), known];
}

function bucketIndex(firstCode: number, length: number): number {
  return length * 128 + firstCode;
}

/** The known name that `[start, end)` of a line spells, undefined for other names. */
export function findKnownName(line: string, start: number, end: number): KnownName | undefined {
  const bucket = BUCKETS[bucketIndex(line.charCodeAt(start), end - start)];
  for (const known of bucket ?? []) if (line.startsWith(known.name, start)) return known;
  return undefined;
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
