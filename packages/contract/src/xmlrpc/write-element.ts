import { escapeXmlText } from '../xml/write-xml.ts';

/** An element with child elements, or with text only: all that XML-RPC needs. */
export interface OutElement {
  readonly name: string;
  readonly content: string | readonly OutElement[];
}

export function element(name: string, content: string | readonly OutElement[]): OutElement {
  return { name, content };
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** One line, for answers. */
export function compactDocument(root: OutElement): string {
  return DECLARATION + compact(root) + '\n';
}

/** One element a line, one space a level: the form deployed clients send (xmlrpc.md §2.1). */
export function indentedDocument(root: OutElement): string {
  return DECLARATION + indented(root, '');
}

function compact({ name, content }: OutElement): string {
  const inner =
    typeof content === 'string' ? escapeXmlText(content) : content.map(compact).join('');
  return `<${name}>${inner}</${name}>`;
}

function indented({ name, content }: OutElement, margin: string): string {
  const inner =
    typeof content === 'string'
      ? escapeXmlText(content)
      : `\n${content.map((child) => indented(child, margin + ' ')).join('')}${margin}`;
  return `${margin}<${name}>${inner}</${name}>\n`;
}
