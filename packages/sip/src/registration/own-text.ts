/**
 * A copy of a text that is kept for long. Texts cut from a message or put together from pieces keep the
 * message or the pieces in memory; with many accounts that is most of what they cost.
 */
export function ownText(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
