/**
 * Whether a stored name and a given one are the same, whatever the case of their ASCII letters: what
 * `=` means for user names, domains and addresses on SQLite. MariaDB also holds `é` and `e` equal, and
 * `x` and `x `; PostgreSQL `É` and `é`: who names the one does not mean the other.
 */
export function isSameText(stored: string | null | undefined, given: string): boolean {
  if (stored === undefined || stored === null) return false;
  return stored === given || lower(stored) === lower(given);
}

/** Of ASCII letters only: Unicode makes a `k` of the Kelvin sign. */
function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
