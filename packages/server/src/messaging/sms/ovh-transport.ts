import { createHash } from 'node:crypto';
import type { Clock } from '@dialtone/sip';
import { z } from 'zod';
import { DeliveryError } from '../delivery-error.ts';
import type { SmsMessage } from '../message.ts';
import type { Transport } from '../transport.ts';
import { fetchJson } from './fetch-json.ts';

export interface OvhSettings {
  readonly key: string;
  readonly secret: string;
  readonly consumerKey: string;
  /** `ovh-eu`, `ovh-ca`, `ovh-us`, or a URL. */
  readonly endpoint: string;
  readonly sender: string | undefined;
}

const endpoints: Readonly<Record<string, string>> = {
  'ovh-eu': 'https://eu.api.ovh.com/1.0',
  'ovh-ca': 'https://ca.api.ovh.com/1.0',
  'ovh-us': 'https://api.us.ovhcloud.com/1.0',
};

/** SMS through the first SMS service of an OVH account (flexiapi-more.md §4.5). */
export function ovhTransport(
  settings: OvhSettings,
  clock: Pick<Clock, 'now'>,
): Transport<SmsMessage> {
  const call = (method: 'GET' | 'POST', path: string, body = ''): Promise<unknown> => {
    const url = `${endpoints[settings.endpoint] ?? settings.endpoint}${path}`;
    const headers = signedHeaders(settings, method, url, body, Math.floor(clock.now() / 1000));
    return fetchJson(url, { method, headers, ...(body === '' ? {} : { body }) });
  };
  return {
    send: async ({ to, text }) => {
      const services = z.array(z.string()).safeParse(await call('GET', '/sms'));
      const service = services.data?.[0];
      if (service === undefined) throw new DeliveryError('the OVH account has no SMS service');
      const job = {
        charset: 'UTF-8',
        class: 'phoneDisplay',
        coding: '7bit',
        message: text,
        noStopClause: true,
        priority: 'high',
        receivers: [to],
        sender: settings.sender,
        senderForResponse: false,
        validityPeriod: 2880,
      };
      await call('POST', `/sms/${encodeURIComponent(service)}/jobs`, JSON.stringify(job));
    },
  };
}

/** OVH's request signature: `$1$` and the SHA-1 of everything that matters, joined by `+`. */
function signedHeaders(
  { key, secret, consumerKey }: OvhSettings,
  method: string,
  url: string,
  body: string,
  timestamp: number,
): Record<string, string> {
  const signed = [secret, consumerKey, method, url, body, timestamp].join('+');
  return {
    'content-type': 'application/json',
    'x-ovh-application': key,
    'x-ovh-consumer': consumerKey,
    'x-ovh-timestamp': String(timestamp),
    'x-ovh-signature': `$1$${createHash('sha1').update(signed).digest('hex')}`,
  };
}
