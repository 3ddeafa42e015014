/** Why a text is not the XML-RPC message that was expected, or why a value cannot be written. */
export const XML_RPC_ERRORS = {
  'not-well-formed': 'Not well-formed XML',
  'not-a-call': 'Not a method call',
  'not-a-response': 'Not a method response',
  'invalid-method-name': 'A method name with other characters than letters, digits and _ . : /',
  'invalid-value': 'A value that its type cannot have',
  unencodable: 'A value that XML-RPC cannot carry',
} as const;

/** Why bytes were no XML-RPC message. */
export type XmlRpcErrorCode = keyof typeof XML_RPC_ERRORS;

/** A refused XML-RPC message. `code` is stable; the message text is for people. */
export class XmlRpcError extends Error {
  override readonly name = 'XmlRpcError';
  readonly code: XmlRpcErrorCode;

  constructor(code: XmlRpcErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Codes of the XML-RPC fault-code interoperability list that the account server uses (xmlrpc.md §2.2). */
export const xmlRpcFaultCodes = {
  notWellFormed: -32700,
  notACall: -32600,
  unknownMethod: -32601,
  internal: -32603,
} as const;

/** The fault code with which a server answers a request that it could not decode. */
export function faultCodeOf(error: XmlRpcError): number {
  return error.code === 'not-well-formed'
    ? xmlRpcFaultCodes.notWellFormed
    : xmlRpcFaultCodes.notACall;
}
