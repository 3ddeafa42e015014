import { type XmlElement, childElements, textContent } from '../xml/element.ts';
import { type XmlLimits, parseXml } from '../xml/parse-xml.ts';
import type {
  ProvisioningDocument,
  ProvisioningEntry,
  ProvisioningSection,
} from './provisioning-document.ts';

/** Something in the document that had no effect and that its author should know about. */
export interface ProvisioningNotice {
  readonly code: 'foreign-root' | 'unnamed-section' | 'unnamed-entry';
  /** Where: the root's name, or the section's. */
  readonly context: string;
}

/** A document as it was read, with what had to be ignored. */
export interface ParsedProvisioning extends ProvisioningDocument {
  readonly notices: readonly ProvisioningNotice[];
}

/**
 * Reads a provisioning document by the rules of provisioning-client.md §1.10: names are compared
 * without namespace, a root other than `config` yields no section but is not an error, `overwrite`
 * is set by exactly `true`. An entry's value is all its text, CR and LF trimmed at both ends.
 *
 * @throws XmlError when the text is not acceptable XML.
 */
export function parseProvisioningXml(text: string, limits?: XmlLimits): ParsedProvisioning {
  const root = parseXml(text, limits);
  if (root.localName !== 'config') {
    return { sections: [], notices: [{ code: 'foreign-root', context: root.name }] };
  }
  const notices: ProvisioningNotice[] = [];
  const sections: ProvisioningSection[] = [];
  for (const element of childElements(root)) {
    if (element.localName !== 'section') continue;
    const name = attribute(element, 'name');
    if (name === undefined || name === '') {
      notices.push({ code: 'unnamed-section', context: root.name });
      continue;
    }
    sections.push({ name, entries: readEntries(element, name, notices) });
  }
  return { sections, notices };
}

function readEntries(
  section: XmlElement,
  sectionName: string,
  notices: ProvisioningNotice[],
): readonly ProvisioningEntry[] {
  const entries: ProvisioningEntry[] = [];
  for (const element of childElements(section)) {
    if (element.localName !== 'entry') continue;
    const name = attribute(element, 'name');
    if (name === undefined || name === '') {
      notices.push({ code: 'unnamed-entry', context: sectionName });
      continue;
    }
    entries.push({
      name,
      value: trimLineBreaks(textContent(element)),
      overwrite: attribute(element, 'overwrite') === 'true',
    });
  }
  return entries;
}

/** Attribute by local name; of several in different namespaces the last counts. */
function attribute(element: XmlElement, name: string): string | undefined {
  let value = element.attributes.get(name);
  if (element.attributes.size === (value === undefined ? 0 : 1)) return value;
  for (const [written, candidate] of element.attributes) {
    if (written === name || (written.endsWith(`:${name}`) && !written.startsWith('xmlns:'))) {
      value = candidate;
    }
  }
  return value;
}

/** A loop, as a regular expression would take quadratic time on long runs. */
function trimLineBreaks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isLineBreak(text[start])) start += 1;
  while (end > start && isLineBreak(text[end - 1])) end -= 1;
  return text.slice(start, end);
}

function isLineBreak(character: string | undefined): boolean {
  return character === '\r' || character === '\n';
}
