import {
  codeAt,
  COLON,
  HOST,
  readDecimal,
  skip,
  skipSpace,
  SLASH,
  spells,
  TOKEN,
} from '../chars.ts';
import { type Params, parseParams, serializeParams } from '../params.ts';
import { hostOf, readHostEnd, serializeHostPort } from '../host.ts';

/** RFC 3261 §20.42. */
export interface Via {
  /** `UDP`, `TCP`, `TLS`, `WS`, `WSS`, upper case. */
  readonly transport: string;
  readonly host: string;
  readonly port: number | undefined;
  /** `branch`, `received`, `rport` (null when asked for, RFC 3581), `alias`… */
  readonly params: Params;
}

/** Reads one Via value; undefined when malformed or not `SIP/2.0`. */
export function parseVia(text: string): Via | undefined {
  return readVia(text, 0, text.length);
}

/** `parseVia` on `[start, end)` of a longer text. */
export function readVia(text: string, start: number, end: number): Via | undefined {
  const transportStart = readProtocol(text, start, end);
  if (transportStart === -1) return undefined;
  const transportEnd = skip(TOKEN, text, transportStart, end);
  const hostStart = skipSpace(text, transportEnd, end);
  if (transportEnd === transportStart || hostStart === transportEnd) return undefined;
  const transport = upperCaseTransport(text, transportStart, transportEnd);

  const hostEnd = readHostEnd(text, hostStart, end);
  if (hostEnd === -1) return undefined;
  const host = hostOf(text, hostStart, hostEnd);

  let position = skipSpace(text, hostEnd, end);
  let port: number | undefined;
  if (position < end && codeAt(text, position) === COLON) {
    const portStart = skipSpace(text, position + 1, end);
    position = skip(HOST, text, portStart, end);
    port = readDecimal(text, portStart, position);
    if (port === undefined || port > 65535) return undefined;
  }
  const params = parseParams(text, position, end);
  return params && { transport, host, port, params };
}

/** The text of a `Via` value. */
export function serializeVia(via: Via): string {
  const sentBy = serializeHostPort(via.host, via.port);
  return `SIP/2.0/${via.transport} ${sentBy}${serializeParams(via.params)}`;
}

const TRANSPORTS = ['UDP', 'TCP', 'TLS', 'WS', 'WSS'];

function upperCaseTransport(text: string, start: number, end: number): string {
  for (const known of TRANSPORTS) {
    if (known.length === end - start && spells(text, start, known)) return known;
  }
  return text.slice(start, end).toUpperCase();
}

/** Index of the transport after `SIP/2.0/`, which may hold white space around its slashes. */
function readProtocol(text: string, start: number, end: number): number {
  if (spells(text, start, 'SIP/2.0/')) return start + 8;
  let position = start;
  for (const part of ['sip', '2.0']) {
    if (text.slice(position, position + 3).toLowerCase() !== part) return -1;
    position = skipSpace(text, position + 3, end);
    if (codeAt(text, position) !== SLASH) return -1;
    position = skipSpace(text, position + 1, end);
  }
  return position;
}
