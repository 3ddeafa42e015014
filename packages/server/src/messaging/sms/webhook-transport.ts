import type { SmsMessage } from '../message.ts';
import type { Transport } from '../transport.ts';
import { fetchJson } from './fetch-json.ts';

export interface WebhookSettings {
  readonly url: string;
  /** Bearer token. */
  readonly token: string | undefined;
}

/**
 * POSTs `{"to","text"}` to a URL of the operator; any 2xx answer takes the message over. The header
 * `Idempotency-Key` is the same at every attempt.
 */
export function webhookTransport({ url, token }: WebhookSettings): Transport<SmsMessage> {
  return {
    send: async ({ to, text }, { id }) => {
      await fetchJson(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': `dialtone-${id}`,
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({ to, text }),
      });
    },
  };
}
