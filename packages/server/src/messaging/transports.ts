import type { Platform } from '../platform.ts';
import { logTransport } from './log-transport.ts';
import { mailTransport } from './mail/smtp-transport.ts';
import { flexisipPusher } from './push/flexisip-pusher.ts';
import { ovhTransport } from './sms/ovh-transport.ts';
import { webhookTransport } from './sms/webhook-transport.ts';
import type { Transports } from './transport.ts';

/** The transports that the configuration asks for; what is not configured goes to the log. */
export function createTransports(
  platform: Pick<Platform, 'db' | 'clock' | 'log' | 'config'>,
): Transports {
  const { sms, push } = platform.config;
  const log = logTransport(platform.log);
  return {
    email: mailTransport(platform),
    sms:
      sms.webhook !== undefined
        ? webhookTransport(sms.webhook)
        : sms.ovh !== undefined
          ? ovhTransport(sms.ovh, platform.clock)
          : log,
    push:
      push.pusherPath === undefined
        ? log
        : flexisipPusher({ ...push, pusherPath: push.pusherPath }),
  };
}
