import { parseContentLine, serializeContentLine, type VcardProperty } from './content-line.ts';
import { VcardError } from './vcard-error.ts';

/** What a vCard holds, in its order, BEGIN, VERSION and END left out. */
export interface VcardContent {
  readonly version: '3.0' | '4.0';
  readonly properties: readonly VcardProperty[];
}

/** Bounds of one card. */
export interface VcardLimits {
  /** UTF-16 code units, photos included. Default 1 048 576. */
  readonly maxLength?: number;
  /** Default 1000. */
  readonly maxProperties?: number;
}

const BEGIN = /^BEGIN:VCARD[ \t]*$/i;
const END = /^END:VCARD[ \t]*$/i;

/**
 * The texts of the cards in a file of them, in order and unread. What stands outside BEGIN:VCARD and
 * END:VCARD is no card; a card that another one interrupts is cut there.
 */
export function* splitVcards(text: string): Generator<string> {
  let start: number | undefined;
  for (const { 0: line, index } of text.matchAll(/^(?:BEGIN|END):VCARD[ \t]*$/gim)) {
    const begins = line.startsWith('B') || line.startsWith('b');
    if (start !== undefined) yield text.slice(start, begins ? index : index + line.length);
    start = begins ? index : undefined;
  }
  if (start !== undefined) yield text.slice(start);
}

/**
 * Reads one vCard 3.0 or 4.0 (RFC 2426, RFC 6350). Lenient about which properties there are, strict about
 * the form of each.
 *
 * @throws VcardError
 */
export function parseVcard(text: string, limits: VcardLimits = {}): VcardContent {
  const { maxLength = 1_048_576, maxProperties = 1000 } = limits;
  if (text.length > maxLength) {
    throw new VcardError('vcard-too-large', `vCard longer than ${maxLength} characters`);
  }
  const lines = unfold(text);
  if (lines.length > maxProperties) {
    throw new VcardError('vcard-too-large', `vCard of more than ${maxProperties} lines`);
  }
  const end = lines.pop() ?? '';
  const begin = lines.shift() ?? '';
  if (!BEGIN.test(begin) || !END.test(end)) {
    throw new VcardError('vcard-malformed', 'not one whole vCard');
  }
  const properties = lines.map((line) => parseContentLine(line));
  const version = properties.find(({ name }) => name === 'version')?.value.trim();
  if (version !== '3.0' && version !== '4.0') {
    throw new VcardError('vcard-version', 'neither vCard 3.0 nor 4.0');
  }
  return { version, properties: properties.filter(({ name }) => name !== 'version') };
}

/** Lines end with CRLF, the last one too. */
export function serializeVcard({ version, properties }: VcardContent): string {
  const lines = properties.map(serializeContentLine);
  return ['BEGIN:VCARD', `VERSION:${version}`, ...lines, 'END:VCARD', ''].join('\r\n');
}

function unfold(text: string): string[] {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
}
