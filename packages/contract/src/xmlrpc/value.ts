/**
 * One XML-RPC value. The kinds mirror the element names rather than JavaScript types because the
 * wire difference matters: deployed clients accept `<string>` only (xmlrpc.md §1.3), so `text`, the
 * bare `<value>like this</value>`, is not the same answer as `string`.
 */
export type XmlRpcValue =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'text'; readonly value: string }
  /** `<int>` or `<i4>`: a signed 32-bit number. */
  | { readonly kind: 'int'; readonly value: number }
  /** `<i8>`, an extension: a signed 64-bit number. */
  | { readonly kind: 'i8'; readonly value: bigint }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'double'; readonly value: number }
  /** `<dateTime.iso8601>`: the text as sent, e.g. `20260131T12:00:00`; XML-RPC gives it no zone. */
  | { readonly kind: 'dateTime'; readonly value: string }
  | { readonly kind: 'base64'; readonly value: Uint8Array }
  | { readonly kind: 'array'; readonly items: readonly XmlRpcValue[] }
  | { readonly kind: 'struct'; readonly members: readonly XmlRpcMember[] }
  | { readonly kind: 'nil' };

/** A struct member. Order is kept: the login answer's is significant to deployed clients. */
export interface XmlRpcMember {
  readonly name: string;
  readonly value: XmlRpcValue;
}

/** A `<methodCall>`. */
export interface XmlRpcCall {
  readonly methodName: string;
  readonly params: readonly XmlRpcValue[];
}

/** A `<fault>`: protocol trouble. Business errors are ordinary string results. */
export interface XmlRpcFault {
  readonly code: number;
  readonly message: string;
}

/** A decoded `<methodResponse>`. */
export type XmlRpcResponse =
  | { readonly kind: 'result'; readonly value: XmlRpcValue }
  | { readonly kind: 'fault'; readonly fault: XmlRpcFault };

/** `<string>`; null and undefined become the empty string, as the client library sends them. */
export function stringValue(text: string | null | undefined): XmlRpcValue {
  return { kind: 'string', value: text ?? '' };
}

/** `<int>`: a signed 32-bit number. */
export function intValue(value: number): XmlRpcValue {
  return { kind: 'int', value };
}

/** A struct of `<string>` members in the order of the entries. */
export function stringStruct(entries: Readonly<Record<string, string>>): XmlRpcValue {
  const members = Object.entries(entries).map(([name, text]) => ({
    name,
    value: stringValue(text),
  }));
  return { kind: 'struct', members };
}

/**
 * The text of a scalar parameter, however the sender typed it; undefined for nil, arrays, structs
 * and a missing value. For servers, which must not care how a client writes a text.
 */
export function textOf(value: XmlRpcValue | undefined): string | undefined {
  switch (value?.kind) {
    case 'string':
    case 'text':
    case 'dateTime':
      return value.value;
    case 'int':
    case 'i8':
    case 'double':
      return String(value.value);
    case 'boolean':
      return value.value ? '1' : '0';
    default:
      return undefined;
  }
}

/** The first member of that name; undefined when absent or when the value is no struct. */
export function structMember(value: XmlRpcValue, name: string): XmlRpcValue | undefined {
  if (value.kind !== 'struct') return undefined;
  return value.members.find((member) => member.name === name)?.value;
}
