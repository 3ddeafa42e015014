import {
  acceptsValue,
  findProvisioningKey,
  type KeyKind,
  type ProvisioningKey,
  suggestProvisioningKey,
} from '@dialtone/contract';
import { type CustomEntry, type CustomSection, parseCustomEntries } from './custom-entries.ts';
import type { EntriesRemark } from './entries-remark.ts';

/** What a text deserves to be told: faults refuse it, notices only warn. */
export interface EntriesCheck {
  readonly faults: readonly EntriesRemark[];
  readonly notices: readonly EntriesRemark[];
}

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

const typeRemarks = {
  boolean: 'entries.boolean',
  integer: 'entries.integer',
  range: 'entries.range',
  choice: 'entries.choice',
  list: 'entries.list',
  'sip-address': 'entries.sip_address',
  url: 'entries.url',
  text: 'entries.text',
} as const satisfies Readonly<Record<KeyKind, EntriesRemark['key']>>;

/** Judges the provisioning text of a space before it is saved, line by line. */
export function checkCustomEntries(text: string): EntriesCheck {
  const { sections, faults: unreadable } = parseCustomEntries(text);
  const faults = [...unreadable];
  const notices: EntriesRemark[] = [];
  for (const section of sections) {
    for (const entry of section.entries) {
      const fault = faultOf(section, entry);
      const notice = noticeOf(section, entry);
      if (fault !== undefined) faults.push(fault);
      else if (notice !== undefined) notices.push(notice);
    }
  }
  if (faults.length === 0 && sections.every(({ entries }) => entries.length === 0)) {
    faults.push({ key: 'entries.none', params: {} });
  }
  return { faults: inOrder(faults), notices: inOrder(notices) };
}

function faultOf(section: CustomSection, entry: CustomEntry): EntriesRemark | undefined {
  const params = paramsOf(section, entry);
  if (reservedNames.has(entry.name)) return { key: 'entries.reserved', params };
  const known = findProvisioningKey(section.name, entry.name);
  if (known === undefined || acceptsValue(known.type, entry.value)) return undefined;
  return {
    key: typeRemarks[known.type.kind],
    params: { ...params, value: entry.value, ...limitsOf(known) },
  };
}

function limitsOf({ type }: ProvisioningKey): Readonly<Record<string, string | number>> {
  if (type.kind === 'choice') return { values: type.values.join(', ') };
  if (type.kind === 'list') return { values: type.values?.join(', ') ?? '' };
  if (type.kind === 'integer' && type.min !== undefined) return { min: type.min };
  return {};
}

function noticeOf(section: CustomSection, entry: CustomEntry): EntriesRemark | undefined {
  const params = paramsOf(section, entry);
  // Phones with the same identity take each other's place at the registrar.
  if (section.name === 'misc' && entry.name === 'uuid' && entry.value !== '0') {
    return { key: 'entries.shared_uuid', params };
  }
  const known = findProvisioningKey(section.name, entry.name);
  if (known !== undefined) {
    return known.readers.length === 0 ? { key: 'entries.unread', params } : undefined;
  }
  const meant = suggestProvisioningKey(section.name, entry.name);
  if (meant === undefined) return { key: 'entries.unknown', params };
  return {
    key: 'entries.misspelt',
    params: {
      ...params,
      meant: `[${numbered(meant.section, section.name)}] ${numbered(meant.key, entry.name)}`,
    },
  };
}

/** `proxy_N` of the catalogue with the number that was written, or the first. */
function numbered(name: string, written: string): string {
  return name.replace(/_N$/, `_${/_(\d+)$/.exec(written)?.[1] ?? 0}`);
}

function paramsOf({ name: section }: CustomSection, { name, line }: CustomEntry) {
  return { line, section, entry: name };
}

function inOrder(remarks: readonly EntriesRemark[]): readonly EntriesRemark[] {
  return remarks.toSorted((a, b) => Number(a.params['line']) - Number(b.params['line']));
}
