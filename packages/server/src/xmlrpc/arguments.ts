import { textOf, XmlRpcError, type XmlRpcValue } from '@dialtone/contract';

/** Longer than any argument a client has reason to send. */
const maxLength = 1024;

/**
 * The texts of positional parameters, however the sender typed them; empty ones, and nil, count as
 * missing (xmlrpc.md §5).
 * @throws XmlRpcError `invalid-value` for arrays and structs, overlong texts and control characters
 */
export function readArguments(params: readonly XmlRpcValue[]): (string | undefined)[] {
  return params.map((value) => {
    if (value.kind === 'nil') return undefined;
    const text = textOf(value);
    if (text === undefined) throw new XmlRpcError('invalid-value', 'a parameter that is no text');
    if (text.length > maxLength) throw new XmlRpcError('invalid-value', 'an overlong parameter');
    // oxlint-disable-next-line no-control-regex -- these characters are what is refused
    if (/[\u0000-\u001f\u007f]/.test(text)) {
      throw new XmlRpcError('invalid-value', 'control characters in a parameter');
    }
    return text === '' ? undefined : text;
  });
}
