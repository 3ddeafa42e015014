import type { Random } from '../time/random.ts';
import { TOKEN_ALPHABET } from '../time/token-alphabet.ts';

/**
 * Repeatable randomness: the same seed gives the same run (mulberry32 generator).
 *
 * @param seed any integer; default 1
 */
export function fakeRandom(seed = 1): Random {
  let state = seed | 0;
  function float(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  return {
    float,
    token(length) {
      let token = '';
      for (let i = 0; i < length; i += 1) {
        token += TOKEN_ALPHABET.charAt(Math.floor(float() * TOKEN_ALPHABET.length));
      }
      return token;
    },
  };
}
