import { readDecimal, skip, skipSpace, TOKEN } from '../chars.ts';

/** RFC 3261 §20.16. */
export interface CSeq {
  /** 0 to 2^31 - 1. */
  readonly sequence: number;
  readonly method: string;
}

const MAX_SEQUENCE = 0x7fffffff;

/** Reads a CSeq value from `[start, end)`; undefined when malformed or out of range. */
export function readCSeq(text: string, start: number, end: number): CSeq | undefined {
  const numberEnd = skip(TOKEN, text, start, end);
  const sequence = readDecimal(text, start, numberEnd);
  const methodStart = skipSpace(text, numberEnd, end);
  if (sequence === undefined || sequence > MAX_SEQUENCE) return undefined;
  if (methodStart === end || skip(TOKEN, text, methodStart, end) !== end) return undefined;
  return { sequence, method: text.slice(methodStart, end) };
}

export function serializeCSeq(cseq: CSeq): string {
  return `${cseq.sequence} ${cseq.method}`;
}
