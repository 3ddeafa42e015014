/** Why an XML document was refused. */
export type XmlErrorCode =
  /** Not well-formed XML, or nothing at all. */
  | 'xml-malformed'
  /** Contains a document type declaration: refused, so entities cannot be defined. */
  | 'xml-doctype'
  /** The bytes are not valid in the declared encoding, or the encoding is unknown. */
  | 'xml-encoding'
  /** Longer than the limit. */
  | 'xml-too-large'
  /** Elements nested deeper than the limit. */
  | 'xml-too-deep'
  /** More elements and attributes than the limit. */
  | 'xml-too-many-nodes';

/** An XML document that was refused; nothing of it was used. */
export class XmlError extends Error {
  override readonly name = 'XmlError';
  readonly code: XmlErrorCode;

  constructor(code: XmlErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
