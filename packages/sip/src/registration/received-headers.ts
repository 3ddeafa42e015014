import { createHeaders, type Headers } from '../message/headers.ts';
import { ownText } from './own-text.ts';

/**
 * The headers of an answer as one short text. A registered account keeps those of its last answer for
 * weeks in case somebody asks for one of them: a tenth of the memory of parsed ones.
 */
export type ReceivedHeaders = string;

/** Copies of what we sent, and of no interest. */
const OURS = new Set(['via', 'from', 'to', 'call-id', 'cseq', 'content-length']);

export function keepHeaders(headers: Headers): ReceivedHeaders {
  const lines: string[] = [];
  for (const [name, value] of headers.entries()) {
    if (!OURS.has(name.toLowerCase())) lines.push(`${name}:${value}`);
  }
  return ownText(lines.join('\n'));
}

/** First value of a header; undefined when absent. */
export function readKeptHeader(kept: ReceivedHeaders, name: string): string | undefined {
  if (kept === '') return undefined;
  const lines = kept.split('\n').map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1)] as const;
  });
  return createHeaders(lines).get(name);
}
