import ICAL from 'ical.js';
import { VcardError } from './vcard-error.ts';

/** One property of a vCard: a content line whose name and parameters are interpreted. */
export interface VcardProperty {
  /** In lower case, without the group before it. */
  readonly name: string;
  /** Names in lower case; `group` is what stands before the property's name. */
  readonly params: Readonly<Record<string, string | readonly string[]>>;
  /** Of the VALUE parameter, in lower case; `unknown` without one. */
  readonly type: string;
  /** As it is written: separators and line breaks still escaped. */
  readonly value: string;
  /** As it was read, unfolded; a property that is made anew has none. */
  readonly line?: string;
}

/**
 * The library reads and writes names, groups and parameters; values pass as they are. Its own description
 * of vCards escapes the comma of a `data:` URI, and forgets which `;` was escaped.
 */
const RAW_VALUES = {
  value: Object.create(null),
  param: ICAL.design.vcard.param,
  property: Object.create(null),
  propertyGroups: true,
};

const MAX_LINE_BYTES = 75;

/**
 * Reads an unfolded content line (RFC 6350 §3.3).
 *
 * @throws VcardError `vcard-malformed`
 */
export function parseContentLine(line: string): VcardProperty {
  // The library would open or close a component here.
  if (/^(?:BEGIN|END):/i.test(line)) {
    throw new VcardError('vcard-malformed', 'something else within the vCard');
  }
  let parsed: unknown;
  try {
    parsed = ICAL.parse.property(line, RAW_VALUES);
  } catch (cause) {
    throw new VcardError('vcard-malformed', 'a line of the vCard cannot be read', { cause });
  }
  if (!isJcardProperty(parsed) || !/^[a-z0-9-]+$/.test(parsed[0])) {
    throw new VcardError('vcard-malformed', 'a line of the vCard has no property name');
  }
  const [name, params, type, value] = parsed;
  return { name, params, type, value, line };
}

/**
 * Folded at 75 octets (RFC 6350 §3.2), without a line break at the end. What was read is written as it
 * came, whatever its parameters mean to other programs.
 */
export function serializeContentLine({ name, params, type, value, line }: VcardProperty): string {
  const text = line ?? ICAL.stringify.property([name, params, type, value], RAW_VALUES, true);
  return Buffer.byteLength(text) <= MAX_LINE_BYTES ? text : ICAL.helpers.foldline(text);
}

/** As the library gives it (RFC 7095 §3.3). */
type JcardProperty = [name: string, params: VcardProperty['params'], type: string, value: string];

function isJcardProperty(value: unknown): value is JcardProperty {
  return Array.isArray(value) && value.length === 4 && typeof value[3] === 'string';
}
