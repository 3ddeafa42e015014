import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { MessageTrace } from '@dialtone/sip';

/** One line for each message that crosses the wire. */
export interface Wire extends Disposable {
  /** For `CoreOptions.trace`. */
  readonly sip: MessageTrace;
}

const HTTP_DONE = 'http.client.response.finish';

/** Tells `say` of every HTTP exchange and SIP message of this process's clients. */
export function watchWire(say: (line: string) => void): Wire {
  const onHttp = (event: unknown): void => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the documented shape of this channel
    const { request, response } = event as { request: ClientRequest; response: IncomingMessage };
    const type = response.headers['content-type'] ?? 'no content';
    say(`HTTP  ${request.method} ${request.path} → ${response.statusCode} (${type})`);
  };
  subscribe(HTTP_DONE, onHttp);
  return {
    sip: (direction, message, flow) => {
      const arrow = direction === 'out' ? '→' : '←';
      const line =
        message.kind === 'request'
          ? `${message.method} ${message.requestUri}${message.headers.has('authorization') ? ' with credentials' : ''}`
          : `${message.status} ${message.reason}`;
      const expires = message.headers.get('expires');
      const lifetime = expires === undefined ? '' : `, Expires ${expires}`;
      say(`SIP ${arrow} ${line}${lifetime} (${flow.protocol.toUpperCase()})`);
    },
    [Symbol.dispose]: () => {
      unsubscribe(HTTP_DONE, onHttp);
    },
  };
}
