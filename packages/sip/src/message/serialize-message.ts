import type { SipMessage } from './message.ts';
import { WrittenResponse } from './written-response.ts';

/** The message as bytes; see `Headers.write` for Content-Length. */
export function serializeMessage(message: SipMessage): Uint8Array {
  if (message instanceof WrittenResponse) return message.bytes;
  const { body, headers } = message;
  const startLine =
    message.kind === 'request'
      ? `${message.method} ${message.requestUri} SIP/2.0\r\n`
      : `SIP/2.0 ${message.status} ${message.reason}\r\n`;
  const head = Buffer.from(`${startLine}${headers.write(body.length)}\r\n`, 'utf8');
  return body.length === 0 ? head : Buffer.concat([head, body]);
}
