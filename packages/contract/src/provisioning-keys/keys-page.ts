import { provisioningKeys } from './catalogue.ts';
import { type KeyReader, type KeyType, type ProvisioningKey } from './provisioning-key.ts';

const readerNotes: Readonly<Record<KeyReader, string>> = {
  A: 'SDK 5.4 and the 5.5 snapshots of 2025: Linphone Android 6.0, Desktop 6.1',
  B: 'SDK 5.5 and later: Linphone Android 6.2; test iOS 6.2 against both',
  Android: 'the Android app itself',
  iOS: 'the iOS app itself',
  Desktop: 'the desktop app itself',
};

/** docs/provisioning-keys.md: the catalogue as tables. */
export function keysPage(): string {
  const readers = Object.entries(readerNotes).map(([name, note]) => `| ${name} | ${note} |`);
  const sections = Map.groupBy(provisioningKeys, ({ section }) => section);
  // Sections that differ in name only share one table.
  const tables = Map.groupBy(sections, ([, keys]) => keys.map(rowOf).join('\n'));
  const chapters = Array.from(tables, ([rows, named]) => {
    const title = named.map(([section]) => `\`[${section}]\``).join(', ');
    return `## ${title}\n\n| Key | Value | Default | Read by | Meaning |\n| --- | --- | --- | --- | --- |\n${rows}`;
  });
  return `# Provisioning keys

What Linphone is known to read in a provisioning document or a \`linphonerc\`. A name that ends in \`N\` stands for a number
from 0; phones stop reading at the first missing one. Other keys may be sent too: phones keep what they do not know.

| Read by | Is |
| --- | --- |
${readers.join('\n')}

${chapters.join('\n\n')}
`;
}

function rowOf({ key, type, fallback, readers, meaning }: ProvisioningKey): string {
  const by = readers.length === 0 ? 'nobody' : readers.join(', ');
  return `| \`${key}\` | ${valueOf(type)} | ${fallback ?? ''} | ${by} | ${meaning} |`;
}

function valueOf(type: KeyType): string {
  switch (type.kind) {
    case 'boolean':
      return '0 or 1';
    case 'integer':
      return limits(type);
    case 'range':
      return '`min-max`';
    case 'choice':
      return type.values.map((value) => `\`${value}\``).join(', ');
    case 'list':
      return type.values === undefined ? 'list' : `list of \`${type.values.join('`, `')}\``;
    case 'sip-address':
      return 'SIP address';
    case 'url':
      return 'URL';
    case 'text':
      break;
  }
  return 'text';
}

function limits({ min, max }: { readonly min?: number; readonly max?: number }): string {
  if (max !== undefined) return `${min ?? ''} to ${max}`;
  return min === undefined ? 'whole number' : `${min} or more`;
}
