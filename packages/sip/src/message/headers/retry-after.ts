import { readDecimal } from '../chars.ts';

/** Seconds of a Retry-After value; comment and parameters are ignored. RFC 3261 §20.33. */
export function parseRetryAfter(text: string): number | undefined {
  let end = 0;
  while (end < text.length && !' \t;('.includes(text.charAt(end))) end++;
  return readDecimal(text, 0, end);
}
