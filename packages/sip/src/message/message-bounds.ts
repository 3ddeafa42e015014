import { CR, LF } from './chars.ts';

/** Index of the first byte in `[start, end)` that is neither CR nor LF. RFC 3261 §7.5. */
export function skipLineBreaks(bytes: Uint8Array, start: number, end: number): number {
  let position = start;
  while (position < end && (bytes[position] === CR || bytes[position] === LF)) position++;
  return position;
}

/** Index after the first empty line, looked for from `from` on; undefined when there is none yet. */
export function findBody(bytes: Uint8Array, from: number): number | undefined {
  let lineBreak = bytes.indexOf(LF, from);
  while (lineBreak !== -1) {
    const next = bytes[lineBreak + 1];
    if (next === LF) return lineBreak + 2;
    if (next === CR && bytes[lineBreak + 2] === LF) return lineBreak + 3;
    lineBreak = bytes.indexOf(LF, lineBreak + 1);
  }
  return undefined;
}
