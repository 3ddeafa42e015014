import { serializeMessage, type SipMessage } from '@dialtone/sip';

const SECRET_HEADERS =
  /^((?:proxy-)?authorization|(?:www|proxy)-authenticate|(?:proxy-)?authentication-info):/i;
/** What proves a password, and what it is proven with. */
const SECRET_PARAMETERS = /\b(response|rspauth|nextnonce|nonce|cnonce|opaque)="?([^",]*)"?/gi;
const BEARER = /\b(Bearer)\s+[\w.~+/=-]{8,}/i;
const SHOWN = 4;

/** A message as text in which nothing helps to guess a password or to use a token. */
export function maskedMessage(message: SipMessage): string {
  const [head = '', ...body] = Buffer.from(serializeMessage(message)).toString().split('\r\n\r\n');
  const lines = head.split('\r\n').map((line) => (SECRET_HEADERS.test(line) ? masked(line) : line));
  return [lines.join('\n'), ...body.filter((part) => part !== '')].join('\n\n');
}

function masked(line: string): string {
  return line
    .replace(BEARER, '$1 …')
    .replaceAll(
      SECRET_PARAMETERS,
      (_whole, name: string, value: string) => `${name}="${value.slice(0, SHOWN)}…"`,
    );
}
