// Characters XML 1.0 cannot hold in any form (§2.2 Char): they become U+FFFD rather than a document
// nobody can read.
const UNREPRESENTABLE = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
// Letters, digits, spaces and the punctuation of URIs; all of Latin without its control characters.
const PLAIN = /^[ !#-%'-;=?-~\u00A0-\u024F]*$/;
const TEXT_SPECIAL = /[&<>\r]/g;
const ATTRIBUTE_SPECIAL = /[&<>"\t\n\r]/g;

const REFERENCES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Text as element content. Characters outside XML 1.0 become U+FFFD. */
export function escapeXmlText(text: string): string {
  return escapeWith(TEXT_SPECIAL, text);
}

/** Text as a double-quoted attribute value; line breaks survive attribute normalisation. */
export function escapeXmlAttribute(text: string): string {
  return escapeWith(ATTRIBUTE_SPECIAL, text);
}

function escapeWith(special: RegExp, text: string): string {
  // Most texts are plain; the careful, slower look at surrogates is for those that are not.
  if (PLAIN.test(text)) return text;
  return text.replace(UNREPRESENTABLE, '\uFFFD').replace(special, reference);
}

function reference(character: string): string {
  return REFERENCES[character] ?? character;
}
