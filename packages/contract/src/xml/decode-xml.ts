import { XmlError } from './xml-error.ts';

// XML 1.0 appendix F: the declaration is ASCII in every encoding that gets this far.
const DECLARED_ENCODING = /^<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/;

/**
 * Bytes of a document as text: byte order mark first, then the XML declaration, then UTF-8.
 * The mark itself is removed.
 *
 * @throws XmlError `xml-encoding` for unknown encodings and invalid bytes.
 */
export function decodeXml(bytes: Uint8Array): string {
  const encoding = detectEncoding(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new XmlError('xml-encoding', `the document is not valid ${encoding}`, { cause });
  }
}

function detectEncoding(bytes: Uint8Array): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 256));
  return DECLARED_ENCODING.exec(head.toString('latin1'))?.[1] ?? 'utf-8';
}
