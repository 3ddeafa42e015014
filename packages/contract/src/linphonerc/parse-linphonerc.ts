import type { Linphonerc, LinphonercItem, LinphonercSection } from './linphonerc.ts';

/** How the text was obtained; liblinphone cuts lines differently in the two cases. */
export interface LinphonercSource {
  /**
   * `file`: LF, CR and CRLF end a line. `buffer`: only LF does, and a CR ends the value and hides
   * the rest of its line. Default `file`.
   */
  readonly source?: 'file' | 'buffer';
  /**
   * Longest line in UTF-8 bytes; the rest is parsed as a new line. liblinphone's files: 16383.
   * Default: no limit, so that no long value is damaged.
   */
  readonly maxLineBytes?: number;
}

// Blanks are those of ASCII: a no-break space is part of a name, as every other letter.
const HEADER = /^[ \t\v\f\r]*([^ \t\v\f\r]*)(.*)$/s;
const PARAM = /[ \t\v\f\r]*([^ \t\v\f\r=]+)[ \t\v\f\r]*=[ \t\v\f\r]*([^ \t\v\f\r]+)/gy;
const COMMENT = /^[ \t\v\f\r]*#/;
const KEY = /^[ \t\v\f\r]*([^ \t\v\f\r]+)/;

interface SectionInProgress {
  readonly name: string;
  readonly params: (readonly [string, string])[];
  readonly items: Map<string, LinphonercItem>;
}

/**
 * Reads `linphonerc` text by the grammar of provisioning-client.md §1.2. Never fails: a line that
 * means nothing is skipped. Repeated sections continue the first one, of repeated keys the last
 * value counts and the first position. A byte order mark is skipped.
 */
export function parseLinphonerc(text: string, options: LinphonercSource = {}): Linphonerc {
  const sections = new Map<string, SectionInProgress>();
  let current: SectionInProgress | undefined;

  for (const line of linesOf(text.replace(/^\uFEFF/, ''), options)) {
    const header = readHeader(line);
    if (header !== undefined) {
      // A broken or empty header leaves the section as it was.
      if (header.name === '') continue;
      current = sections.get(header.name) ?? { name: header.name, params: [], items: new Map() };
      current.params.push(...header.params);
      sections.set(header.name, current);
    } else if (current !== undefined) {
      const item = readItem(line);
      if (item !== undefined) addItem(current.items, item);
    }
  }
  return { sections: Array.from(sections.values(), finishSection) };
}

function finishSection({ name, params, items }: SectionInProgress): LinphonercSection {
  return { name, params, items: [...items.values()] };
}

function addItem(items: Map<string, LinphonercItem>, item: LinphonercItem): void {
  if (item.kind === 'entry') {
    items.set(item.key, item);
    return;
  }
  // A line break cannot be part of a key, so comments never meet entries. The same comment again
  // moves to the end.
  const slot = `\n${item.text}`;
  items.delete(slot);
  items.set(slot, item);
}

function* linesOf(text: string, options: LinphonercSource): Generator<string> {
  const { source = 'file', maxLineBytes = Number.POSITIVE_INFINITY } = options;
  for (const line of text.split(source === 'file' ? /\r\n|\r|\n/ : '\n')) {
    if (line.length * 3 <= maxLineBytes) yield source === 'file' ? line : visiblePart(line);
    else yield* cutLine(line, maxLineBytes);
  }
}

/** In a buffer everything from the first CR on is lost. */
function visiblePart(line: string): string {
  const end = line.indexOf('\r');
  return end === -1 ? line : line.slice(0, end);
}

function* cutLine(line: string, maxBytes: number): Generator<string> {
  let start = 0;
  let bytes = 0;
  let at = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (bytes + size > maxBytes) {
      yield line.slice(start, at);
      start = at;
      bytes = 0;
    }
    bytes += size;
    at += character.length;
  }
  yield line.slice(start);
}

/** Undefined when the line is not a header at all; an empty name when it must be skipped. */
function readHeader(line: string): Pick<LinphonercSection, 'name' | 'params'> | undefined {
  const open = line.indexOf('[');
  if (open === -1 || !/^ *$/.test(line.slice(0, open))) return undefined;
  const close = line.indexOf(']', open);
  const [, name = '', rest = ''] =
    close === -1 ? [] : (HEADER.exec(line.slice(open + 1, close)) ?? []);
  return { name, params: readParams(rest) };
}

function readParams(text: string): [string, string][] {
  const params: [string, string][] = [];
  // Sticky: the first thing that is not `key=value` ends the list.
  for (const [, key = '', value = ''] of text.matchAll(PARAM)) {
    params.push([key, value]);
  }
  return params;
}

function readItem(line: string): LinphonercItem | undefined {
  if (COMMENT.test(line)) return { kind: 'comment', text: line };
  const equals = line.indexOf('=');
  if (equals === -1) return undefined;
  const key = KEY.exec(line.slice(0, equals))?.[1];
  const value = withoutFinalSpaces(line.slice(equals + 1));
  // After a TAB `[` begins no header, but it would when the entry is written.
  if (key === undefined || key.startsWith('[') || value === '') return undefined;
  return { kind: 'entry', key, value };
}

/** Only U+0020: a TAB stays. A loop, as a regular expression would take quadratic time. */
function withoutFinalSpaces(text: string): string {
  let end = text.length;
  while (text[end - 1] === ' ') end -= 1;
  return text.slice(0, end);
}
