/**
 * Whether two texts are one e-mail address, whatever the case of their letters. MariaDB also holds `é`
 * and `e` equal, in domains too: whoever proves to own the one address does not own the other.
 */
export function isSameEmail(stored: string | null | undefined, given: string): boolean {
  return stored !== undefined && stored !== null && lower(stored) === lower(given);
}

/** Of ASCII letters only: Unicode makes a `k` of the Kelvin sign. */
function lower(address: string): string {
  return address.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
