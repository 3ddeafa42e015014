import { provisioningKeys } from './catalogue.ts';
import type { ProvisioningKey } from './provisioning-key.ts';

/** Mistakes in a name that still show what was meant. */
const MAX_TYPOS = 2;

/** `proxy_0` → `proxy_N`: the name as the catalogue has it. */
const pattern = (name: string): string => name.replace(/_\d+$/, '_N');

const bySection = Map.groupBy(provisioningKeys, ({ section }) => section);
const byName = new Map(provisioningKeys.map((key) => [`${key.section}/${key.key}`, key]));

/** What is known of a key of a section, both as they stand in a configuration. */
export function findProvisioningKey(section: string, key: string): ProvisioningKey | undefined {
  // Copied from the catalogue, where `N` stands for a number.
  if (section.endsWith('_N') || key.endsWith('_N')) return undefined;
  const known = bySection.get(section)?.[0]?.section ?? pattern(section);
  return byName.get(`${known}/${key}`) ?? byName.get(`${known}/${pattern(key)}`);
}

/** The known key that somebody who wrote an unknown one may have meant. */
export function suggestProvisioningKey(section: string, key: string): ProvisioningKey | undefined {
  const ofSection = closest([...bySection.keys()], pattern(section));
  const siblings = bySection.get(ofSection ?? '') ?? [];
  const near = closest(
    siblings.map((sibling) => sibling.key),
    pattern(key),
  );
  return (
    siblings.find((sibling) => sibling.key === near) ??
    // The right key in the wrong section.
    provisioningKeys.find((known) => known.key === pattern(key))
  );
}

/** The name that takes the fewest typos to become `name`. */
function closest(names: readonly string[], name: string): string | undefined {
  return names
    .map((candidate) => ({ candidate, distance: typosBetween(candidate, name.toLowerCase()) }))
    .filter(({ distance }) => distance <= MAX_TYPOS)
    .toSorted((a, b) => a.distance - b.distance)[0]?.candidate;
}

/** Levenshtein distance, one row at a time. */
function typosBetween(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > MAX_TYPOS) return Number.POSITIVE_INFINITY;
  let previous = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [row, character] of [...one].entries()) {
    const current = [row + 1];
    for (let column = 0; column < other.length; column++) {
      const replaced = (previous[column] ?? 0) + (character === other[column] ? 0 : 1);
      const inserted = (current[column] ?? 0) + 1;
      const deleted = (previous[column + 1] ?? 0) + 1;
      current.push(Math.min(replaced, inserted, deleted));
    }
    previous = current;
  }
  return previous[other.length] ?? 0;
}
