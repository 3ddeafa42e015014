// RFC 3261 §25.1: unreserved and user-unreserved, what a SIP user part holds unescaped.
const NEEDLESS = /[A-Za-z0-9\-_.!~*'()&=+$,;?/]/;

/** Undoes `%XX` escapes of characters that need none in a SIP user part; leaves all others. */
export function decodeNeedlessEscapes(text: string): string {
  return text.replace(/%([0-9A-Fa-f]{2})/g, (escape, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return NEEDLESS.test(character) ? character : escape;
  });
}
