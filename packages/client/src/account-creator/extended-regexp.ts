const classes: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  blank: ' \\t',
  digit: '0-9',
  lower: 'a-z',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\s',
  upper: 'A-Z',
  xdigit: '0-9A-Fa-f',
};

/**
 * True when the POSIX extended regular expression matches the whole text, case-sensitively. A
 * pattern that does not compile matches nothing (account-creator.md §1.3).
 */
export function matchesWhole(pattern: string, text: string): boolean {
  const translated = pattern.replace(/\[:([a-z]+):\]/g, (unknown, name: string) => {
    return classes[name] ?? unknown;
  });
  try {
    return new RegExp(`^(?:${translated})$`, 's').test(text);
  } catch {
    return false;
  }
}
