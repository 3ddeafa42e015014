/** One element of a parsed document. Comments and processing instructions are not kept. */
export interface XmlElement {
  /** As written, prefix included. */
  readonly name: string;
  /** Without its prefix if that prefix is bound to a namespace, else equal to `name`. */
  readonly localName: string;
  /** By written name, in document order; namespace declarations included. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Child elements and text; adjacent text and CDATA sections are one string. */
  readonly children: readonly (XmlElement | string)[];
}

/** The child elements, text left out. */
export function childElements(element: XmlElement): readonly XmlElement[] {
  return element.children.filter((child) => typeof child !== 'string');
}

/** The text directly inside `element` (CDATA included), concatenated. */
export function textContent(element: XmlElement): string {
  const [only] = element.children;
  if (element.children.length === 1 && typeof only === 'string') return only;
  return element.children.filter((child) => typeof child === 'string').join('');
}
