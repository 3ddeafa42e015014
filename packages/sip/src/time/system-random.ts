import { randomBytes } from 'node:crypto';
import type { Random } from './random.ts';
import { TOKEN_ALPHABET } from './token-alphabet.ts';

/** Bytes at or above this would make the first letters more likely; they are thrown away. */
const UNBIASED_LIMIT = 256 - (256 % TOKEN_ALPHABET.length);

const POOL_BYTES = 4096;
let pool = Buffer.alloc(0);
let used = 0;

function nextByte(): number {
  if (used >= pool.length) {
    pool = randomBytes(POOL_BYTES);
    used = 0;
  }
  const byte = pool[used] ?? 0;
  used += 1;
  return byte;
}

/** Letters waiting to become tokens, drawn as many at a time as one copy is worth. */
const letters = Buffer.alloc(1024);
let lettersLeft = 0;

function drawLetters(): void {
  while (lettersLeft < letters.length) {
    const byte = nextByte();
    if (byte >= UNBIASED_LIMIT) continue;
    letters[lettersLeft] = TOKEN_ALPHABET.charCodeAt(byte % TOKEN_ALPHABET.length);
    lettersLeft += 1;
  }
}

/** Cryptographically strong randomness (node:crypto), drawn in blocks: one branch costs no system call. */
export const systemRandom: Random = {
  token(length) {
    if (length > letters.length) {
      const half = Math.floor(length / 2);
      return systemRandom.token(half) + systemRandom.token(length - half);
    }
    if (length > lettersLeft) drawLetters();
    lettersLeft -= length;
    return letters.toString('latin1', lettersLeft, lettersLeft + length);
  },
  float() {
    // 48 bits are enough for a uniform choice and stay exact in a double.
    let value = 0;
    for (let i = 0; i < 6; i += 1) value = value * 256 + nextByte();
    return value / 2 ** 48;
  },
};
