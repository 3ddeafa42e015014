/** Why a text is not the XML-RPC message that was expected, or why a value cannot be written. */
export const xmlRpcErrorCodes = [
  'not-well-formed',
  'not-a-call',
  'not-a-response',
  'invalid-method-name',
  'invalid-value',
  'unencodable',
] as const;

export type XmlRpcErrorCode = (typeof xmlRpcErrorCodes)[number];

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
