import { SaxesParser } from 'saxes';
import type { XmlElement } from './element.ts';
import { XmlError } from './xml-error.ts';

/** Bounds that keep a hostile document from costing memory or stack. */
export interface XmlLimits {
  /** UTF-16 code units of the whole document. Default 1 048 576. */
  readonly maxLength?: number;
  /** Nesting of elements, the root counting 1. Default 64. */
  readonly maxDepth?: number;
  /** Elements plus attributes. Default 50 000. */
  readonly maxNodes?: number;
}

interface OpenElement {
  readonly children: (XmlElement | string)[];
  /** Namespace prefixes bound by this element. */
  readonly prefixes: ReadonlySet<string>;
}

const NO_PREFIXES: ReadonlySet<string> = new Set();

/**
 * Parses a whole document and returns its root element.
 * Strict XML 1.0; document type declarations are refused, so only the five predefined entities and
 * character references exist.
 *
 * @throws XmlError when the document is not well-formed or exceeds a limit.
 */
export function parseXml(text: string, limits: XmlLimits = {}): XmlElement {
  const { maxLength = 1_048_576, maxDepth = 64, maxNodes = 50_000 } = limits;
  if (text.length > maxLength) {
    throw new XmlError('xml-too-large', `XML document longer than ${maxLength} characters`);
  }

  let root: XmlElement | undefined;
  let nodes = 0;
  const open: OpenElement[] = [];
  const parser = new SaxesParser({ xmlns: false, position: false });

  const addText = (chunk: string) => {
    const siblings = open.at(-1)?.children;
    if (siblings === undefined || chunk === '') return;
    const last = siblings.at(-1);
    if (typeof last === 'string') siblings[siblings.length - 1] = last + chunk;
    else siblings.push(chunk);
  };

  parser.on('error', (error) => {
    throw new XmlError('xml-malformed', `not well-formed XML: ${error.message}`);
  });
  parser.on('doctype', () => {
    throw new XmlError('xml-doctype', 'document type declarations are not accepted');
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('opentag', (tag) => {
    const attributes = new Map<string, string>();
    let bound: Set<string> | undefined;
    for (const name in tag.attributes) {
      attributes.set(name, tag.attributes[name] ?? '');
      if (name.startsWith('xmlns:')) (bound ??= new Set()).add(name.slice('xmlns:'.length));
    }
    const prefixes = bound ?? NO_PREFIXES;
    nodes += 1 + attributes.size;
    if (nodes > maxNodes) {
      throw new XmlError('xml-too-many-nodes', `more than ${maxNodes} elements and attributes`);
    }
    if (open.length >= maxDepth) {
      throw new XmlError('xml-too-deep', `elements nested deeper than ${maxDepth}`);
    }
    const children: (XmlElement | string)[] = [];
    const element: XmlElement = {
      name: tag.name,
      localName: localName(tag.name, prefixes, open),
      attributes,
      children,
    };
    root ??= element;
    open.at(-1)?.children.push(element);
    open.push({ children, prefixes });
  });
  parser.on('closetag', () => {
    open.pop();
  });

  parser.write(text).close();
  if (root === undefined) throw new XmlError('xml-malformed', 'no root element');
  return root;
}

function localName(name: string, own: ReadonlySet<string>, open: readonly OpenElement[]): string {
  const colon = name.indexOf(':');
  if (colon <= 0) return name;
  const prefix = name.slice(0, colon);
  const bound = own.has(prefix) || open.some(({ prefixes }) => prefixes.has(prefix));
  return bound ? name.slice(colon + 1) : name;
}
