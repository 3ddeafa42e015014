import { randomInt } from 'node:crypto';

const USERNAME_ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789_';
const PASSWORD_ALPHABET =
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:+=?!#%@&{}[]';

/** 12 lower-case letters, digits and `_` (D13). */
export function randomUsername(): string {
  return randomText(USERNAME_ALPHABET, 12);
}

/** 24 letters, digits and punctuation, about 150 bits (D13). */
export function randomPassword(): string {
  return randomText(PASSWORD_ALPHABET, 24);
}

function randomText(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}
