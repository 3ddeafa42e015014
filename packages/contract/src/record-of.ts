/** An object with one value for each of `keys`, in their order. */
export function recordOf<K extends string, T>(
  keys: readonly K[],
  valueOf: (key: K) => T,
): Record<K, T> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Object.fromEntries forgets the keys
  return Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Record<K, T>;
}
