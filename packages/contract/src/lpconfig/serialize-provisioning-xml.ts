import { escapeXmlAttribute, escapeXmlText } from '../xml/write-xml.ts';
import {
  LPCONFIG_NAMESPACE,
  type ProvisioningDocument,
  type ProvisioningEntry,
} from './provisioning-document.ts';

const HEAD =
  '<?xml version="1.0" encoding="UTF-8"?>\n' +
  `<config xmlns="${LPCONFIG_NAMESPACE}"` +
  ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"' +
  ` xsi:schemaLocation="${LPCONFIG_NAMESPACE} lpconfig.xsd">\n`;

/**
 * The document as XML 1.0, UTF-8, with one text node per entry: the form every Linphone generation
 * reads (provisioning-client.md §1.9–1.10).
 */
export function serializeProvisioningXml(document: ProvisioningDocument): string {
  let xml = HEAD;
  for (const section of document.sections) {
    xml += `  <section name="${escapeXmlAttribute(section.name)}">\n`;
    for (const entry of section.entries) xml += serializeEntry(entry);
    xml += '  </section>\n';
  }
  return `${xml}</config>\n`;
}

function serializeEntry({ name, value, overwrite }: ProvisioningEntry): string {
  const flag = overwrite ? ' overwrite="true"' : '';
  return `    <entry name="${escapeXmlAttribute(name)}"${flag}>${escapeXmlText(value)}</entry>\n`;
}
