import type { KeyReader, KeyType, ProvisioningKey } from './provisioning-key.ts';

interface Details {
  /** Default: the readers of the section. */
  readonly readers?: readonly KeyReader[];
  readonly fallback?: string;
}

type Declared = Pick<ProvisioningKey, 'type' | 'meaning'> & Details;

const declare =
  (type: KeyType) =>
  (meaning: string, fallback?: string, readers?: readonly KeyReader[]): Declared => ({
    type,
    meaning,
    ...(fallback === undefined ? {} : { fallback }),
    ...(readers === undefined ? {} : { readers }),
  });

export const boolean = declare({ kind: 'boolean' });
export const range = declare({ kind: 'range' });
export const text = declare({ kind: 'text' });
export const url = declare({ kind: 'url' });
export const sipAddress = declare({ kind: 'sip-address' });
export const integer = declare({ kind: 'integer', min: 0 });
export const anyInteger = declare({ kind: 'integer' });
/** A port: 0 disables it, -1 takes any free one, -2 does not bind. */
export const port = declare({ kind: 'integer', min: -2, max: 65_535 });
export const list = declare({ kind: 'list' });
export const listOf = (...values: string[]) => declare({ kind: 'list', values });
export const choice = (...values: string[]) => declare({ kind: 'choice', values });

/** The SDK's own keys: every app has them. */
export const SDK: readonly KeyReader[] = ['A', 'B'];
export const APPS: readonly KeyReader[] = ['Android', 'iOS', 'Desktop'];

/** The keys of one section, in the order in which they are documented. */
export function keysOf(
  section: string,
  readers: readonly KeyReader[],
  keys: Readonly<Record<string, Declared>>,
): readonly ProvisioningKey[] {
  return Object.entries(keys).map(([key, { type, meaning, fallback, readers: own }]) => ({
    section,
    key,
    type,
    fallback,
    readers: own ?? readers,
    meaning,
  }));
}
