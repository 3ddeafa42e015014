import type { ProvisioningSection } from '@dialtone/contract';
import { parseCustomEntries } from '../../spaces/custom-entries/custom-entries.ts';
import type { Space } from '../../spaces/space.ts';

/** Read once for each state of a space: spaces never change, a changed one is another object. */
const kept = new WeakMap<Space, readonly ProvisioningSection[]>();

/** The space's own text as sections; lines that say nothing are left out. */
export function customSections(space: Space): readonly ProvisioningSection[] {
  const known = kept.get(space);
  if (known !== undefined) return known;
  const sections = read(space);
  kept.set(space, sections);
  return sections;
}

function read({ customProvisioningEntries: text, switches }: Space): ProvisioningSection[] {
  if (text === undefined) return [];
  const overwrite = switches.custom_provisioning_overwrite_all;
  return parseCustomEntries(text)
    .sections.filter(({ entries }) => entries.length > 0)
    .map(({ name, entries }) => ({
      name,
      entries: entries.map((entry) => ({ name: entry.name, value: entry.value, overwrite })),
    }));
}
