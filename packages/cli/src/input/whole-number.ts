import { InvalidArgumentError } from 'commander';

/** Reads an option that is a number of something; commander names the option in its error. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Write a whole number.');
  return Number(text);
}
