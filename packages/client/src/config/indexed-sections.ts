import type { ConfigStore } from './config-store.ts';

/** Numbers of the sections `<base>_<number>`, lowest first; there may be gaps. */
export function indexesOf(config: ConfigStore, base: string): readonly number[] {
  const prefix = `${base}_`;
  return config
    .sectionNames()
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
    .filter((number) => /^(?:0|[1-9]\d{0,8})$/.test(number))
    .map(Number)
    .toSorted((a, b) => a - b);
}

export function lowestFreeIndex(config: ConfigStore, base: string): number {
  let index = 0;
  while (config.hasSection(`${base}_${index}`)) index += 1;
  return index;
}
