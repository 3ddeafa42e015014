import type { ProvisioningSection } from '@dialtone/contract';
import { parseCustomEntries } from '../../spaces/custom-entries/custom-entries.ts';

/** The space's own text as sections; lines that say nothing are left out. */
export function customSections(
  text: string | undefined,
  overwrite: boolean,
): readonly ProvisioningSection[] {
  if (text === undefined) return [];
  return parseCustomEntries(text)
    .sections.filter(({ entries }) => entries.length > 0)
    .map(({ name, entries }) => ({
      name,
      entries: entries.map((entry) => ({ name: entry.name, value: entry.value, overwrite })),
    }));
}
