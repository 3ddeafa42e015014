/**
 * Parameters of a URI or header, in order, names lower-cased, values unescaped and unquoted.
 * `null` marks a parameter without value (`;lr`). RFC 3261 §25.1 `generic-param`.
 */
export type Params = ReadonlyMap<string, string | null>;

export const NO_PARAMS: Params = new Map();
