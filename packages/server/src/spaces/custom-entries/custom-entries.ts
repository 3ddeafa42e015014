import { isWritableKey, isWritableSectionName, isWritableValue } from '@dialtone/contract';
import type { EntriesRemark } from './entries-remark.ts';

/** An entry of a space's own provisioning text. */
export interface CustomEntry {
  readonly name: string;
  /** As a phone shall read it; empty removes the key, where the space overwrites. */
  readonly value: string;
  /** Line of the text, from 1. */
  readonly line: number;
}

export interface CustomSection {
  readonly name: string;
  readonly entries: readonly CustomEntry[];
}

/** What a text says, and which of its lines say nothing. */
export interface CustomEntries {
  readonly sections: readonly CustomSection[];
  readonly faults: readonly EntriesRemark[];
}

/** How texts written for FAM spell the values of switches; a phone reads `true` as 0. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ['yes', '1'],
  ['on', '1'],
  ['true', '1'],
  ['no', '0'],
  ['off', '0'],
  ['false', '0'],
]);

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&amp;', '&'],
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
]);

/**
 * Reads the provisioning text of a space, by one rule for all its lines (docs/provisioning.md):
 * `linphonerc` syntax, in which texts written for FAM mean what they meant there. Never fails: a
 * faulty line is reported and left out. Nothing comes from the environment, nothing is computed
 * (flexiapi-core.md §8.9, §12 numbers 17 and 18).
 */
export function parseCustomEntries(text: string): CustomEntries {
  const sections = new Map<string, Map<string, CustomEntry>>();
  const faults: EntriesRemark[] = [];
  let current: Map<string, CustomEntry> | undefined;
  for (const [index, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const line = index + 1;
    const written = raw.trim();
    if (written === '' || written.startsWith(';') || written.startsWith('#')) continue;
    if (!isWritableValue(written)) {
      faults.push({ key: 'entries.character', params: { line } });
    } else if (namesVariable(written)) {
      faults.push({ key: 'entries.variable', params: { line } });
    } else if (written.startsWith('[')) {
      const name = /^\[([^\]]*)\]/.exec(written)?.[1]?.trim();
      if (name !== undefined && isWritableSectionName(name)) {
        current = sections.get(name) ?? new Map();
        sections.set(name, current);
      } else {
        // What follows belongs to nobody: better left out than put into the section before.
        current = new Map();
        faults.push({ key: 'entries.section_name', params: { line, section: name ?? written } });
      }
    } else {
      const equals = written.indexOf('=');
      const name = written.slice(0, Math.max(equals, 0)).trim();
      if (equals === -1) faults.push({ key: 'entries.not_an_entry', params: { line } });
      else if (!isWritableKey(name)) {
        faults.push({ key: 'entries.key_name', params: { line, entry: name } });
      } else if (current === undefined) {
        faults.push({ key: 'entries.no_section', params: { line, entry: name } });
      } else current.set(name, { name, value: readValue(written.slice(equals + 1)), line });
    }
  }
  return {
    sections: Array.from(sections, ([name, entries]) => ({ name, entries: [...entries.values()] })),
    faults,
  };
}

/** `${NAME}`, which FAM took from its environment. */
function namesVariable(line: string): boolean {
  const start = line.indexOf('${');
  return start !== -1 && line.includes('}', start);
}

/**
 * Quotes around the whole value go, and make it literal; else a blank and `;` start a comment and
 * the words for yes and no become 1 and 0. XML entities stand for their character in both.
 */
function readValue(text: string): string {
  const written = text.trim();
  const quoted =
    /^"((?:[^"\\]|\\.)*)"\s*(?:;.*)?$/.exec(written)?.[1]?.replace(/\\(["\\])/g, '$1') ??
    /^'([^']*)'\s*(?:;.*)?$/.exec(written)?.[1];
  if (quoted !== undefined) return decodeEntities(quoted);
  const comment = written.search(/(?:^|(?<=\s));/);
  const bare = comment === -1 ? written : written.slice(0, comment).trimEnd();
  return WORDS.get(bare.toLowerCase()) ?? decodeEntities(bare);
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|apos);/g, (entity) => ENTITIES.get(entity) ?? entity);
}
