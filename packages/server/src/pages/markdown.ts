import { html, type Markup } from './html.ts';

const link = /\[([^\]\n]+)\]\((https?:\/\/[^\s)]+|mailto:[^\s)]+)\)/;
const strong = /\*\*([^*\n]+)\*\*/;
const emphasis = /[*_]([^*_\n]+)[*_]/;

/**
 * The part of Markdown that introductions use: paragraphs, headings, lists, strong and emphasised
 * text, links to the web and to mail addresses. Everything else is shown as it was written.
 */
export function markdown(text: string): Markup {
  const blocks = text.replaceAll('\r\n', '\n').split(/\n\s*\n/);
  return html`${blocks.filter((block) => block.trim() !== '').map((block) => blockMarkup(block.trim()))}`;
}

function blockMarkup(block: string): Markup {
  const heading = /^#{1,6} +(.+)$/.exec(block)?.[1];
  if (heading !== undefined) return html`<h2>${inline(heading)}</h2>\n`;
  const lines = block.split('\n');
  if (lines.every((line) => /^\s*[-*+] +\S/.test(line))) {
    const items = lines.map((line) => html`<li>${inline(line.replace(/^\s*[-*+] +/, ''))}</li>`);
    return html`<ul>${items}</ul>\n`;
  }
  return html`<p>${inline(block)}</p>\n`;
}

function inline(text: string): Markup {
  return (
    around(text, link, ([, words = '', url = '']) => html`<a href="${url}">${words}</a>`) ??
    around(text, strong, ([, words = '']) => html`<strong>${words}</strong>`) ??
    around(text, emphasis, ([, words = '']) => html`<em>${words}</em>`) ??
    html`${text}`
  );
}

/** The first match as markup, what stands before and after it read on; undefined without a match. */
function around(
  text: string,
  pattern: RegExp,
  write: (match: RegExpExecArray) => Markup,
): Markup | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [whole] = match;
  const after = text.slice(match.index + whole.length);
  return html`${inline(text.slice(0, match.index))}${write(match)}${inline(after)}`;
}
