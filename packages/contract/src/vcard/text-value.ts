/** A text as the value of a property (RFC 6350 §3.4). Control characters have no place in it. */
export function escapeVcardText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\t\n])\p{Cc}/gu, '')
    .replace(/[\\,;]/g, '\\$&')
    .replaceAll('\n', '\\n');
}

/** Undoes {@link escapeVcardText}; a backslash before anything else is itself. */
export function unescapeVcardText(value: string): string {
  return value.replace(/\\([\\,;:nN])/g, (_all, escaped: string) =>
    escaped === 'n' || escaped === 'N' ? '\n' : escaped,
  );
}

/** The components of a structured value such as N or ORG, unescaped. */
export function splitVcardComponents(value: string): readonly string[] {
  const components = [''];
  for (const [piece] of value.matchAll(/[^\\;]+|\\.|;|\\/gs)) {
    if (piece === ';') components.push('');
    else components[components.length - 1] += piece;
  }
  return components.map(unescapeVcardText);
}

/** The components of a structured value as one text. */
export function joinVcardComponents(components: readonly string[]): string {
  return components.map(escapeVcardText).join(';');
}
