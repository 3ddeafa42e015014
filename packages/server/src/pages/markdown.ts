import { html, type Markup } from './html.ts';

const link = /\[([^[\]\n]+)\]\((https?:\/\/[^\s)]+|mailto:[^\s)]+)\)/g;
const strong = /\*\*([^*\n]+)\*\*/g;
const emphasis = /[*_]([^*_\n]+)[*_]/g;

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
  return replaced(
    text,
    link,
    ([, words = '', url = '']) => html`<a href="${url}">${words}</a>`,
    (outside) =>
      replaced(
        outside,
        strong,
        ([, words = '']) => html`<strong>${words}</strong>`,
        (rest) =>
          replaced(
            rest,
            emphasis,
            ([, words = '']) => html`<em>${words}</em>`,
            (plain) => html`${plain}`,
          ),
      ),
  );
}

/** The matches as `write` makes them, what stands around them as `around` does. */
function replaced(
  text: string,
  pattern: RegExp,
  write: (match: RegExpExecArray) => Markup,
  around: (text: string) => Markup,
): Markup {
  const parts: Markup[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    parts.push(around(text.slice(end, match.index)), write(match));
    end = match.index + match[0].length;
  }
  parts.push(around(text.slice(end)));
  return html`${parts}`;
}
