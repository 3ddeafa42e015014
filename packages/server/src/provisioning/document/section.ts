import type { ProvisioningEntry, ProvisioningSection } from '@dialtone/contract';

/** A value as features write it; undefined leaves the entry out. */
export type EntryValue = string | number | boolean | undefined;

const text = (value: string | number | boolean): string =>
  typeof value === 'boolean' ? (value ? '1' : '0') : String(value);

/**
 * A section whose entries replace what the phone has: without `overwrite` a phone keeps, for ever,
 * whatever it wrote itself at its first start (provisioning-client.md §2.8).
 */
export function section(
  name: string,
  values: Readonly<Record<string, EntryValue>>,
): ProvisioningSection {
  const entries: ProvisioningEntry[] = [];
  for (const key of Object.keys(values)) {
    const value = values[key];
    if (value !== undefined) entries.push({ name: key, value: text(value), overwrite: true });
  }
  return { name, entries };
}
