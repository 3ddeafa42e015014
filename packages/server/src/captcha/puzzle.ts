import { hash } from 'node:crypto';

/** Puzzles of one proof: many small ones take about the same time for everybody, one big one is luck. */
export const PUZZLES = 16;

/** What is hashed before the number that is looked for. */
export function puzzlePrefix(salt: string, index: number): string {
  return `${salt}.${index}.`;
}

/**
 * Whether `solutions`, numbers separated by commas, solve every puzzle of `salt`.
 * @param bits leading zero bits that each hash must have
 */
export function isSolved(salt: string, bits: number, solutions: string): boolean {
  const numbers = solutions.split(',');
  if (numbers.length !== PUZZLES || !numbers.every((n) => /^\d{1,12}$/.test(n))) return false;
  const bound = 2 ** (32 - bits);
  return numbers.every((n, index) => {
    const digest = hash('sha256', `${puzzlePrefix(salt, index)}${n}`, 'buffer');
    return digest.readUInt32BE(0) < bound;
  });
}
