import type { SipMessage } from './message.ts';
import { WrittenResponse } from './written-response.ts';

/**
 * The message as bytes. Content-Length is always written and always right: an existing one is
 * replaced in its place, else it is the last field.
 */
export function serializeMessage(message: SipMessage): Uint8Array {
  if (message instanceof WrittenResponse) return message.bytes;
  const contentLength = `Content-Length: ${message.body.length}\r\n`;
  let text =
    message.kind === 'request'
      ? `${message.method} ${message.requestUri} SIP/2.0\r\n`
      : `SIP/2.0 ${message.status} ${message.reason}\r\n`;
  let hasContentLength = false;
  for (const [name, value] of message.headers.entries()) {
    if (!isContentLength(name)) {
      text += `${name}: ${value}\r\n`;
    } else if (!hasContentLength) {
      text += contentLength;
      hasContentLength = true;
    }
  }
  if (!hasContentLength) text += contentLength;
  text += '\r\n';
  if (message.body.length === 0) return Buffer.from(text, 'utf8');
  return Buffer.concat([Buffer.from(text, 'utf8'), message.body]);
}

function isContentLength(name: string): boolean {
  if (name.length === 1) return name === 'l' || name === 'L';
  return name.length === 14 && name.toLowerCase() === 'content-length';
}
