/** The engine copies shorter pieces of a text instead of pointing into it. */
const SHORTEST_SHARED = 13;

/**
 * A copy of a text that is kept for long. Texts cut from a message or put together from pieces keep the
 * message or the pieces in memory; with many accounts that is most of what they cost.
 */
export function ownText(text: string): string {
  if (text.length < SHORTEST_SHARED) return text;
  return Buffer.from(text, 'utf8').toString('utf8');
}
