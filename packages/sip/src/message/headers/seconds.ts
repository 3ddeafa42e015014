import { readDecimal } from '../chars.ts';

/**
 * Whole seconds as in Expires and Min-Expires (RFC 3261 §20.19, §20.23); undefined when not a
 * number. Above 2^32 - 1 counts as 2^32 - 1.
 */
export function parseSeconds(text: string): number | undefined {
  return readDecimal(text, 0, text.length);
}
