const CLASSES: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  alpha: 'A-Za-z',
  blank: ' \\t',
  digit: '0-9',
  lower: 'a-z',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\s',
  upper: 'A-Z',
  xdigit: 'A-Fa-f0-9',
};

/** A POSIX extended expression that must match from end to end; undefined when it is not one. */
export function posixExpression(source: string): RegExp | undefined {
  const translated = source.replaceAll(
    /\[:([a-z]+):\]/g,
    (whole, name: string) => CLASSES[name] ?? whole,
  );
  try {
    return new RegExp(`^(?:${translated})$`);
  } catch {
    return undefined;
  }
}
