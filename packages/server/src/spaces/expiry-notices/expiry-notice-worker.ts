import type { MailPlatform } from '../../mails/write-mail.ts';
import { periodicWorker } from '../../periodic-worker.ts';
import type { Platform } from '../../platform.ts';
import type { Worker } from '../../worker.ts';
import { sendExpiryNotices } from './send-expiry-notices.ts';

const intervalMs = 3_600_000;

/** Sends the notices that are due, every hour; on every node. */
export function expiryNoticeWorker(
  platform: MailPlatform & Pick<Platform, 'clock' | 'log'>,
): Worker {
  return periodicWorker(platform, 'expiry notices', intervalMs, async () => {
    const { length } = await sendExpiryNotices(platform, { apply: true });
    if (length > 0) platform.log.info({ mails: length }, 'spaces expire soon');
  });
}
