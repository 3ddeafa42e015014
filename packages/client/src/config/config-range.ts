import { parseCInt } from './c-values.ts';

/** Bounds written as `min-max`. */
export interface ConfigRange {
  readonly min: number;
  readonly max: number;
  /** False when there is a text that is not a range; the bounds are then the defaults. */
  readonly valid: boolean;
}

/** Reads `min-max`; a lower bound cannot be negative (provisioning-client.md §1.7). */
export function parseRange(
  text: string | undefined,
  defaultMin: number,
  defaultMax: number,
): ConfigRange {
  if (text === undefined) return { min: defaultMin, max: defaultMax, valid: true };
  const dash = text.indexOf('-');
  if (dash <= 0) return { min: defaultMin, max: defaultMax, valid: false };
  return {
    min: parseCInt(text.slice(0, dash)),
    max: parseCInt(text.slice(dash + 1)),
    valid: true,
  };
}
