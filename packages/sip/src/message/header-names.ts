import { codeAt, spells } from './chars.ts';

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

/** One bit for each field that every message is searched for: quicker to compare than names. */
export const MARKS = {
  via: 1,
  from: 2,
  to: 4,
  'call-id': 8,
  cseq: 16,
  'max-forwards': 32,
  contact: 64,
  expires: 128,
  'content-length': 256,
} as const;

/** A header name in one spelling. */
export interface HeaderName {
  readonly name: string;
  /** Under which it is compared: lower case, compact form expanded. */
  readonly key: string;
  /** Of `MARKS`; 0 for all other names. */
  readonly mark: number;
  /** What a line begins with. */
  readonly prefix: string;
}

const MARK_OF = new Map<string, number>(Object.entries(MARKS));

function spelling(name: string, usual: string): HeaderName {
  const key = usual.toLowerCase();
  return { name, key, mark: MARK_OF.get(key) ?? 0, prefix: `${name}: ` };
}

const KNOWN_NAMES: readonly HeaderName[] = [
  ...USUAL_SPELLINGS.flatMap((name) => [spelling(name, name), spelling(name.toLowerCase(), name)]),
  ...Object.entries(COMPACT_FORMS).flatMap(([short, name]) => [
    spelling(short, name),
    spelling(short.toUpperCase(), name),
  ]),
];

const BY_NAME = new Map(KNOWN_NAMES.map((known) => [known.name, known]));

/** Known names by length and first letter: finds one in a line without cutting it out first. */
const LONGEST = Math.max(...KNOWN_NAMES.map(({ name }) => name.length));
const BUCKETS: (readonly HeaderName[])[] = Array.from({ length: (LONGEST + 1) * 128 }, () => []);
for (const known of KNOWN_NAMES) {
  const index = bucketIndex(codeAt(known.name, 0), known.name.length);
  BUCKETS[index] = [...(BUCKETS[index] ?? []), known];
}

function bucketIndex(firstCode: number, length: number): number {
  return length * 128 + firstCode;
}

/** The known name that `[start, end)` of a line spells, undefined for other names. */
export function findKnownName(line: string, start: number, end: number): HeaderName | undefined {
  const bucket = BUCKETS[bucketIndex(codeAt(line, start), end - start)];
  if (bucket === undefined) return undefined;
  for (const known of bucket) if (spells(line, start, known.name)) return known;
  return undefined;
}

/** Any name, known or not. */
export function headerName(name: string): HeaderName {
  const known = BY_NAME.get(name);
  if (known !== undefined) return known;
  const lower = name.toLowerCase();
  return spelling(name, BY_NAME.get(lower)?.key ?? lower);
}

/** The name under which a field is compared: lower case, compact form expanded. */
export function headerKey(name: string): string {
  return headerName(name).key;
}

/** Whether values of the field with this key may be joined by commas. */
export function isListHeader(key: string): boolean {
  return LISTS.has(key);
}
