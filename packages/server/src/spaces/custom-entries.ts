/** A section of a space's custom provisioning entries. */
export interface CustomSection {
  readonly name: string;
  readonly entries: readonly { readonly name: string; readonly value: string }[];
}

/** Why custom entries were refused, with the line (1-based) where there is one. */
export interface CustomEntriesFault {
  readonly reason: string;
  readonly line: number | undefined;
}

export type CustomEntriesResult =
  | { readonly ok: true; readonly sections: readonly CustomSection[] }
  | { readonly ok: false; readonly fault: CustomEntriesFault };

/** Entries that the settings of the space already express (flexiapi-core.md §8.9). */
const reservedNames: ReadonlySet<string> = new Set([
  'account_proxy_registrar_address',
  'assistant_disable_qr_code',
  'assistant_hide_create_account',
  'assistant_hide_third_party_account',
  'copyright_text',
  'disable_broadcast_feature',
  'disable_call_recordings_feature',
  'disable_chat_feature',
  'disable_meetings_feature',
  'hide_account_settings',
  'hide_settings',
  'intro_registration_text',
  'max_account',
  'newsletter_registration_address',
  'only_display_sip_uri_username',
]);

const words: Readonly<Record<string, string>> = {
  yes: '1',
  on: '1',
  true: '1',
  no: '',
  off: '',
  false: '',
  none: '',
  null: '',
};

/**
 * Reads the INI text of a space: `[section]` lines, `key=value` lines, `;` comments, quoted values.
 * Unlike FAM's reader it takes no environment variables, computes no expressions and accepts no
 * key before the first section (flexiapi-core.md §8.9, §12 number 18).
 */
export function parseCustomEntries(text: string): CustomEntriesResult {
  const sections = new Map<string, Map<string, string>>();
  let current: Map<string, string> | undefined;
  for (const [index, raw] of text.split(/\r\n|\r|\n/u).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith(';') || line.startsWith('#')) continue;
    const refuse = (reason: string) => refused(reason, index + 1);
    const header = /^\[([^\]]+)\]\s*(?:;.*)?$/u.exec(line)?.[1]?.trim();
    if (header !== undefined) {
      current = sections.get(header) ?? new Map();
      sections.set(header, current);
      continue;
    }
    const [, name, rest] = /^([^=;[\]"]*[^=;[\]"\s])\s*=\s*(.*)$/u.exec(line) ?? [];
    if (name === undefined || rest === undefined) return refuse('not a key=value line');
    if (current === undefined) return refuse('a key before the first section');
    if (reservedNames.has(name)) return refuse(`${name} is a setting of the space`);
    const value = parseValue(rest);
    if (value === undefined) return refuse('the value must be put in double quotes');
    current.set(name, value);
  }
  if ([...sections.values()].every((entries) => entries.size === 0)) return refused('no entry');
  return {
    ok: true,
    sections: Array.from(sections, ([name, entries]) => ({
      name,
      entries: Array.from(entries, ([name, value]) => ({ name, value })),
    })),
  };
}

function refused(reason: string, line?: number): CustomEntriesResult {
  return { ok: false, fault: { reason, line } };
}

/** The value of an entry; undefined when it has characters that need quotes. */
function parseValue(text: string): string | undefined {
  if (text.startsWith('"')) {
    return /^"((?:[^"\\]|\\.)*)"\s*(?:;.*)?$/u.exec(text)?.[1]?.replace(/\\(["\\])/gu, '$1');
  }
  if (text.startsWith("'")) return /^'([^']*)'\s*(?:;.*)?$/u.exec(text)?.[1];
  const bare = text.split(';', 1)[0]?.trim() ?? '';
  if (/[&|^~!()"{}$]/u.test(bare)) return undefined;
  return Object.hasOwn(words, bare.toLowerCase()) ? words[bare.toLowerCase()] : bare;
}
