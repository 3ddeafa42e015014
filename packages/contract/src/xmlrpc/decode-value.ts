import { childElements, textContent } from '../xml/element.ts';
import type { XmlElement } from '../xml/element.ts';
import type { XmlRpcMember, XmlRpcValue } from './value.ts';
import { XmlRpcError } from './xml-rpc-error.ts';

/** Reads a `<value>` element. Nesting is bounded by the depth limit of the XML parser. */
export function decodeValue(value: XmlElement): XmlRpcValue {
  const [typed, ...more] = childElements(value);
  if (typed === undefined) return { kind: 'text', value: textContent(value) };
  if (more.length > 0 || hasStrayText(value)) throw invalid('a value with more than one content');
  return decodeTyped(typed);
}

/** The only child element called `name`, or undefined. */
export function child(parent: XmlElement, name: string): XmlElement | undefined {
  return childElements(parent).find((element) => element.localName === name);
}

/** True when there is text other than white space between the child elements. */
function hasStrayText(element: XmlElement): boolean {
  return element.children.some((part) => typeof part === 'string' && part.trim() !== '');
}

function decodeTyped(element: XmlElement): XmlRpcValue {
  switch (element.localName) {
    case 'string':
      return { kind: 'string', value: scalar(element) };
    case 'int':
    case 'i4':
      return { kind: 'int', value: Number(integer(element, 32)) };
    case 'i8':
      return { kind: 'i8', value: integer(element, 64) };
    case 'boolean':
      return { kind: 'boolean', value: boolean(element) };
    case 'double':
      return { kind: 'double', value: double(element) };
    case 'dateTime.iso8601':
      return { kind: 'dateTime', value: dateTime(element) };
    case 'base64':
      return { kind: 'base64', value: base64(element) };
    case 'nil':
      return { kind: 'nil' };
    case 'array':
      return { kind: 'array', items: items(element) };
    case 'struct':
      return { kind: 'struct', members: childElements(element).map(member) };
    default:
      throw invalid('an unknown value type');
  }
}

function scalar(element: XmlElement): string {
  if (childElements(element).length > 0) throw invalid(`elements inside <${element.localName}>`);
  return textContent(element);
}

function integer(element: XmlElement, bits: 32 | 64): bigint {
  const text = scalar(element).trim();
  if (!/^[+-]?\d{1,20}$/.test(text)) throw invalid('a malformed integer');
  const number = BigInt(text.replace('+', ''));
  if (BigInt.asIntN(bits, number) !== number) throw invalid('an integer out of range');
  return number;
}

function boolean(element: XmlElement): boolean {
  const text = scalar(element).trim();
  if (text !== '0' && text !== '1') throw invalid('a malformed boolean');
  return text === '1';
}

function double(element: XmlElement): number {
  const text = scalar(element).trim();
  // The exponent is outside the specification but some writers use it.
  if (!/^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,4})?$/i.test(text))
    throw invalid('a malformed double');
  const number = Number(text);
  if (!Number.isFinite(number)) throw invalid('a double out of range');
  return number;
}

function dateTime(element: XmlElement): string {
  const text = scalar(element).trim();
  if (!/^\d{4}-?\d{2}-?\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/.test(text)) {
    throw invalid('a malformed dateTime.iso8601');
  }
  return text;
}

function base64(element: XmlElement): Uint8Array {
  const text = scalar(element).replace(/\s+/g, '');
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
    throw invalid('malformed base64');
  }
  return new Uint8Array(Buffer.from(text, 'base64'));
}

function items(array: XmlElement): XmlRpcValue[] {
  const data = child(array, 'data');
  if (data === undefined) throw invalid('an array without data');
  return childElements(data).map((item) => {
    if (item.localName !== 'value') throw invalid('array data other than values');
    return decodeValue(item);
  });
}

function member(element: XmlElement): XmlRpcMember {
  const name = child(element, 'name');
  const value = child(element, 'value');
  if (element.localName !== 'member' || name === undefined || value === undefined) {
    throw invalid('a malformed struct member');
  }
  return { name: scalar(name), value: decodeValue(value) };
}

function invalid(what: string): XmlRpcError {
  return new XmlRpcError('invalid-value', `the XML-RPC message contains ${what}`);
}
