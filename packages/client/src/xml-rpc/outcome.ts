import { decodeMethodResponse, XmlRpcError } from '@dialtone/contract';
import type { XmlRpcValue } from '@dialtone/contract';
import { XmlRpcArgType } from './enums.ts';

/** What an answer means to a request of a given return type (xmlrpc.md §1.3). */
export interface XmlRpcOutcome {
  readonly ok: boolean;
  readonly int: number | null;
  /** Also available on a failed StringStruct request that was answered with a string. */
  readonly string: string | null;
  /** Text members of a struct in document order. */
  readonly members: readonly (readonly [name: string, text: string])[] | null;
}

/** No usable answer: transport trouble, a fault, the wrong type, malformed XML. */
export const failedOutcome: XmlRpcOutcome = { ok: false, int: null, string: null, members: null };

/** Reads the body of a 200 answer. Never throws. */
export function readOutcome(returnType: XmlRpcArgType, body: string): XmlRpcOutcome {
  const value = resultOf(body);
  if (value === undefined) return failedOutcome;
  switch (returnType) {
    case XmlRpcArgType.None:
      return { ...failedOutcome, ok: true };
    case XmlRpcArgType.Int:
      return value.kind === 'int'
        ? { ...failedOutcome, ok: true, int: value.value }
        : failedOutcome;
    case XmlRpcArgType.String:
      return isText(value) ? { ...failedOutcome, ok: true, string: value.value } : failedOutcome;
    case XmlRpcArgType.StringStruct:
      return readStruct(value);
    default:
      return failedOutcome;
  }
}

function readStruct(value: XmlRpcValue): XmlRpcOutcome {
  if (value.kind === 'struct') {
    return { ...failedOutcome, ok: true, members: value.members.flatMap(textMember) };
  }
  return isText(value) ? { ...failedOutcome, string: value.value } : failedOutcome;
}

function resultOf(body: string): XmlRpcValue | undefined {
  try {
    const response = decodeMethodResponse(body);
    return response.kind === 'result' ? response.value : undefined;
  } catch (error) {
    if (error instanceof XmlRpcError) return undefined;
    throw error;
  }
}

/** A typed, non-empty `<string>`: bare text does not count. */
function isText(value: XmlRpcValue): value is XmlRpcValue & { kind: 'string' } {
  return value.kind === 'string' && value.value !== '';
}

function textMember(member: { name: string; value: XmlRpcValue }): [string, string][] {
  return member.value.kind === 'string' ? [[member.name, member.value.value]] : [];
}
