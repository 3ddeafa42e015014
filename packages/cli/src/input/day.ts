import { InvalidArgumentError } from 'commander';

const dayMs = 86_400_000;

/** Reads `2030-01-31` as midnight UTC of that day, in milliseconds since the Unix epoch, or `never`. */
export function dayOrNever(text: string): number | 'never' {
  if (text === 'never') return text;
  const ms = /^\d{4}-\d{2}-\d{2}$/u.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // 31 February may roll over.
  if (ms % dayMs === 0 && new Date(ms).toISOString().startsWith(text)) return ms;
  throw new InvalidArgumentError('Write a day such as 2030-01-31, or never.');
}
