import { isToken, readDecimal } from '../chars.ts';

/** RFC 3261 §20.16. */
export interface CSeq {
  /** 0 to 2^31 - 1. */
  readonly sequence: number;
  readonly method: string;
}

const MAX_SEQUENCE = 0x7fffffff;

/** Reads a CSeq value; undefined when malformed or out of range. */
export function parseCSeq(text: string): CSeq | undefined {
  let numberEnd = text.indexOf(' ');
  if (numberEnd === -1) numberEnd = text.indexOf('\t');
  const sequence = readDecimal(text, 0, numberEnd);
  if (sequence === undefined || sequence > MAX_SEQUENCE) return undefined;
  const method = text.slice(numberEnd).trimStart();
  return isToken(method) ? { sequence, method } : undefined;
}

export function serializeCSeq(cseq: CSeq): string {
  return `${cseq.sequence} ${cseq.method}`;
}
