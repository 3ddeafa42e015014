import type { ProvisioningEntry, ProvisioningSection } from '@dialtone/contract';

/**
 * One section per name, in order of first mention. Where two sections set the same key the earlier
 * one counts: the space's own entries come first, so what an administrator writes always wins over
 * what the server would say. (A phone would keep the last of two overwriting entries.)
 */
export function mergeSections(
  sections: readonly ProvisioningSection[],
): readonly ProvisioningSection[] {
  const names = new Set(sections.map(({ name }) => name));
  // Nearly always nothing is to be merged: each section is one of its maker's already.
  if (names.size === sections.length) return sections;
  const merged = new Map<string, Map<string, ProvisioningEntry>>();
  for (const { name, entries } of sections) {
    const known = merged.get(name) ?? new Map<string, ProvisioningEntry>();
    merged.set(name, known);
    for (const entry of entries) if (!known.has(entry.name)) known.set(entry.name, entry);
  }
  return Array.from(merged, ([name, entries]) => ({ name, entries: [...entries.values()] }));
}
