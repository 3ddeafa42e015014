import { CR, LF } from './chars.ts';

/** Where the head of a message ends (after the break of its last line) and its body begins. */
export interface MessageBounds {
  readonly headEnd: number;
  readonly bodyStart: number;
}

/** Index of the first byte in `[start, end)` that is neither CR nor LF. RFC 3261 §7.5. */
export function skipLineBreaks(bytes: Uint8Array, start: number, end: number): number {
  let position = start;
  while (position < end && (bytes[position] === CR || bytes[position] === LF)) position++;
  return position;
}

/** Finds the first empty line at or after `from`; undefined when there is none yet. */
export function findHeadEnd(bytes: Uint8Array, from: number): MessageBounds | undefined {
  let lineBreak = bytes.indexOf(LF, from);
  while (lineBreak !== -1) {
    const next = bytes[lineBreak + 1];
    if (next === LF) return { headEnd: lineBreak + 1, bodyStart: lineBreak + 2 };
    if (next === CR && bytes[lineBreak + 2] === LF) {
      return { headEnd: lineBreak + 1, bodyStart: lineBreak + 3 };
    }
    lineBreak = bytes.indexOf(LF, lineBreak + 1);
  }
  return undefined;
}
