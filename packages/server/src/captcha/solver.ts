/* oxlint-disable unicorn/consistent-function-scoping -- the functions are put into the page one by one, each must hold what it uses */

/*
 * These two functions also run in the browser: their source text is put into the page, so they use
 * nothing but each other and what every browser has. crypto.subtle is not among that: browsers keep it
 * from pages that came without TLS.
 */

/** Makes a function that gives the first 32 bits of SHA-256 (FIPS 180-4) of an ASCII text of at most 55 characters. */
export function createShortHash(): (text: string) => number {
  // The constants are fractions of square and cube roots of the first primes (§4.2.2, §5.3.3).
  const primes: number[] = [];
  for (let n = 2; primes.length < 64; n++) {
    if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  }
  const fraction = (root: number): number => ((root - Math.floor(root)) * 4294967296) | 0;
  const k = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
  const start = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
  const rotate = (x: number, n: number): number => (x >>> n) | (x << (32 - n));
  const w = new Int32Array(64);
  const at = (words: Int32Array, i: number): number => words[i] ?? 0;

  return (text) => {
    w.fill(0);
    for (let i = 0; i <= text.length; i++) {
      const byte = i < text.length ? text.charCodeAt(i) : 0x80;
      w[i >> 2] = at(w, i >> 2) | (byte << (24 - (i % 4) * 8));
    }
    w[15] = text.length * 8;
    for (let i = 16; i < 64; i++) {
      const [x, y] = [at(w, i - 15), at(w, i - 2)];
      const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
      const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
      w[i] = (at(w, i - 16) + s0 + at(w, i - 7) + s1) | 0;
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = start;
    for (let i = 0; i < 64; i++) {
      const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
      const t1 = (h + s1 + ((e & f) ^ (~e & g)) + at(k, i) + at(w, i)) | 0;
      const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
      const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    return (at(start, 0) + a) >>> 0;
  };
}

/** The first number in a range of `count` for which the hash of `prefix` and it begins with `bits` zeros. */
export function findSolution(
  shortHash: (text: string) => number,
  prefix: string,
  bits: number,
  from: number,
  count: number,
): number | undefined {
  const bound = 2 ** (32 - bits);
  for (let n = from; n < from + count; n++) {
    if (shortHash(prefix + n) < bound) return n;
  }
  return undefined;
}
