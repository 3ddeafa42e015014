/** Why an XML document was refused; nothing of it was used. */
export const XML_ERRORS = {
  'xml-malformed': 'Not well-formed XML, or nothing at all',
  'xml-doctype': 'Contains a document type declaration: refused, so entities cannot be defined',
  'xml-encoding': 'The bytes are not valid in the declared encoding, or the encoding is unknown',
  'xml-too-large': 'Longer than the limit',
  'xml-too-deep': 'Elements nested deeper than the limit',
  'xml-too-many-nodes': 'More elements and attributes than the limit',
} as const;

/** A code of `XML_ERRORS`. */
export type XmlErrorCode = keyof typeof XML_ERRORS;

/** An XML document that was refused; nothing of it was used. */
export class XmlError extends Error {
  override readonly name = 'XmlError';
  readonly code: XmlErrorCode;

  constructor(code: XmlErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
