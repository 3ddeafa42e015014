import { hash } from 'node:crypto';

/** Digest algorithms of SIP and HTTP we compute (RFC 8760 §2.1), without their `-sess` variants. */
export const DIGEST_ALGORITHMS = ['MD5', 'SHA-256', 'SHA-512-256'] as const;
/** A digest algorithm that this package computes. */
export type DigestAlgorithm = (typeof DIGEST_ALGORITHMS)[number];

const HASH_NAMES: Readonly<Record<DigestAlgorithm, string>> = {
  MD5: 'md5',
  'SHA-256': 'sha256',
  'SHA-512-256': 'sha512-256',
};

/** The algorithm of this name, compared without case; undefined when we cannot compute it. */
export function digestAlgorithm(name: string): DigestAlgorithm | undefined {
  const upper = name.toUpperCase();
  return DIGEST_ALGORITHMS.find((algorithm) => algorithm === upper);
}

/** H(text) in lower-case hexadecimal; text is hashed as UTF-8. RFC 7616 §3.3. */
export function digestHash(algorithm: DigestAlgorithm, text: string): string {
  return hash(HASH_NAMES[algorithm], text, 'hex');
}
