import { childElements, textContent } from '../xml/element.ts';
import type { XmlElement } from '../xml/element.ts';
import { parseXml } from '../xml/parse-xml.ts';
import type { XmlLimits } from '../xml/parse-xml.ts';
import { child, decodeValue } from './decode-value.ts';
import { isMethodName } from './method-name.ts';
import { structMember, textOf } from './value.ts';
import type { XmlRpcCall, XmlRpcFault, XmlRpcResponse, XmlRpcValue } from './value.ts';
import { XmlRpcError } from './xml-rpc-error.ts';

/**
 * Reads a `<methodCall>`: any white space, `<params>` may be absent, bare `<value>` text is text.
 *
 * @throws XmlRpcError `not-well-formed` (over a limit included), `not-a-call`,
 * `invalid-method-name`, `invalid-value`.
 */
export function decodeMethodCall(text: string, limits?: XmlLimits): XmlRpcCall {
  const root = parseRoot(text, limits);
  const methodName = child(root, 'methodName');
  if (root.localName !== 'methodCall' || methodName === undefined) {
    throw new XmlRpcError('not-a-call', 'the document is not an XML-RPC methodCall');
  }
  const name = textContent(methodName).trim();
  if (!isMethodName(name)) {
    throw new XmlRpcError('invalid-method-name', 'not an XML-RPC method name');
  }
  const params = child(root, 'params');
  return { methodName: name, params: params === undefined ? [] : decodeParams(params) };
}

/**
 * Reads a `<methodResponse>`: its single result, or its fault.
 *
 * @throws XmlRpcError `not-well-formed` (over a limit included), `not-a-response`, `invalid-value`.
 */
export function decodeMethodResponse(text: string, limits?: XmlLimits): XmlRpcResponse {
  const root = parseRoot(text, limits);
  if (root.localName !== 'methodResponse') throw notAResponse();
  const fault = child(root, 'fault');
  if (fault !== undefined) return { kind: 'fault', fault: decodeFault(fault) };
  const params = child(root, 'params');
  const [value, ...more] = params === undefined ? [] : decodeParams(params);
  if (value === undefined || more.length > 0) throw notAResponse();
  return { kind: 'result', value };
}

function decodeParams(params: XmlElement): XmlRpcValue[] {
  return childElements(params).map((param) => {
    const value = child(param, 'value');
    if (param.localName !== 'param' || value === undefined) {
      throw new XmlRpcError('invalid-value', 'a parameter without a value');
    }
    return decodeValue(value);
  });
}

function decodeFault(fault: XmlElement): XmlRpcFault {
  const value = child(fault, 'value');
  if (value === undefined) throw notAResponse();
  const struct = decodeValue(value);
  const code = structMember(struct, 'faultCode');
  const message = textOf(structMember(struct, 'faultString'));
  if (code?.kind !== 'int' || message === undefined) throw notAResponse();
  return { code: code.value, message };
}

function parseRoot(text: string, limits: XmlLimits | undefined): XmlElement {
  try {
    return parseXml(text, limits);
  } catch (cause) {
    throw new XmlRpcError('not-well-formed', 'the document is not acceptable XML', { cause });
  }
}

function notAResponse(): XmlRpcError {
  return new XmlRpcError('not-a-response', 'the document is not an XML-RPC methodResponse');
}
