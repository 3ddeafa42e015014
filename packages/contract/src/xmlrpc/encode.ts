import type { XmlRpcCall, XmlRpcFault, XmlRpcMember, XmlRpcValue } from './value.ts';
import { intValue, stringValue } from './value.ts';
import { compactDocument, element, indentedDocument } from './write-element.ts';
import type { OutElement } from './write-element.ts';
import { XmlRpcError } from './xml-rpc-error.ts';
import { isMethodName } from './method-name.ts';

// Four elements a level (value, struct, member, value …) stay below the 64 that parseXml accepts.
const MAX_NESTING = 16;

/**
 * A `<methodCall>` document as the client library writes it: indented, UTF-8 (xmlrpc.md §2.1).
 *
 * @throws XmlRpcError `invalid-method-name`, `unencodable`.
 */
export function encodeMethodCall(call: XmlRpcCall): string {
  if (!isMethodName(call.methodName)) {
    throw new XmlRpcError('invalid-method-name', 'not an XML-RPC method name');
  }
  return indentedDocument(
    element('methodCall', [
      element('methodName', call.methodName),
      element('params', call.params.map(paramElement)),
    ]),
  );
}

/**
 * A `<methodResponse>` with one result.
 *
 * @throws XmlRpcError `unencodable`.
 */
export function encodeMethodResponse(value: XmlRpcValue): string {
  return compactDocument(element('methodResponse', [element('params', [paramElement(value)])]));
}

/** A `<methodResponse>` with a `<fault>`. */
export function encodeFault(fault: XmlRpcFault): string {
  const struct: XmlRpcValue = {
    kind: 'struct',
    members: [
      { name: 'faultCode', value: intValue(fault.code) },
      { name: 'faultString', value: stringValue(fault.message) },
    ],
  };
  return compactDocument(element('methodResponse', [element('fault', [valueElement(struct, 0)])]));
}

function paramElement(value: XmlRpcValue): OutElement {
  return element('param', [valueElement(value, 0)]);
}

function valueElement(value: XmlRpcValue, depth: number): OutElement {
  if (depth >= MAX_NESTING) {
    throw new XmlRpcError('unencodable', `values nested deeper than ${MAX_NESTING}`);
  }
  return element('value', valueContent(value, depth));
}

function valueContent(value: XmlRpcValue, depth: number): string | readonly OutElement[] {
  switch (value.kind) {
    case 'text':
      return value.value;
    case 'string':
      return [element('string', value.value)];
    case 'int':
      return [element('int', intText(value.value))];
    case 'i8':
      return [element('i8', longText(value.value))];
    case 'boolean':
      return [element('boolean', value.value ? '1' : '0')];
    case 'double':
      return [element('double', doubleText(value.value))];
    case 'dateTime':
      return [element('dateTime.iso8601', value.value)];
    case 'base64':
      return [element('base64', Buffer.from(value.value).toString('base64'))];
    case 'nil':
      return [element('nil', '')];
    case 'array':
      return [
        element('array', [
          element(
            'data',
            value.items.map((item) => valueElement(item, depth + 1)),
          ),
        ]),
      ];
    case 'struct':
      return [
        element(
          'struct',
          value.members.map((member) => memberElement(member, depth + 1)),
        ),
      ];
  }
  return assertNever(value);
}

function memberElement(member: XmlRpcMember, depth: number): OutElement {
  return element('member', [element('name', member.name), valueElement(member.value, depth)]);
}

function assertNever(value: never): never {
  throw new TypeError(`unexpected XML-RPC value ${String(value)}`);
}

function intText(value: number): string {
  if ((value | 0) !== value) throw new XmlRpcError('unencodable', 'int out of the 32-bit range');
  return String(value);
}

function longText(value: bigint): string {
  if (BigInt.asIntN(64, value) !== value) {
    throw new XmlRpcError('unencodable', 'i8 out of the 64-bit range');
  }
  return String(value);
}

// The specification allows digits, a sign and one point, hence no exponent.
function doubleText(value: number): string {
  if (!Number.isFinite(value)) throw new XmlRpcError('unencodable', 'double is not finite');
  if (Object.is(value, -0)) return '-0';
  const [mantissa = '', exponent] = String(value).split('e');
  if (exponent === undefined) return mantissa;
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const shift = Number(exponent);
  return shift < 0
    ? `${sign}0.${'0'.repeat(-shift - whole.length)}${whole}${fraction}`
    : `${sign}${whole}${fraction.padEnd(shift, '0')}`;
}
