import { toDbDate } from '../../db/dates.ts';
import type { Db } from '../../db/database.ts';
import { transaction } from '../../db/transaction.ts';
import { type MailPlatform, writeMail } from '../../mails/write-mail.ts';
import { enqueue } from '../../messaging/outbox.ts';
import type { Platform } from '../../platform.ts';
import type { Space } from '../space.ts';
import { lockSpace } from '../space.repository.ts';
import { listSpaces } from '../space.service.ts';
import { selectAdministratorEmails, selectMailsThatEnd } from './expiry-notice.repository.ts';

type NoticePlatform = MailPlatform & Pick<Platform, 'clock'>;

/** A mail to one administrator of a space that expires soon. */
export interface ExpiryNotice {
  readonly domain: string;
  readonly to: string;
  readonly daysLeft: number;
}

/** Days before the end at which a notice is due, as FAM's package has them; none is further off than a finished message is kept. */
const noticeDays = [1, 3, 7];

const dayMs = 86_400_000;

/**
 * Tells administrators that their space expires in a week, in three days, tomorrow (flexiapi-more.md §2,
 * `spaces:expiration-emails`). One that was not told on the day, because no server ran, is told later.
 * Any number of nodes may do so at once: the space is locked, and the outbox shows who was told.
 *
 * @param options without `apply`, nothing is sent
 * @returns the notices that are due
 */
export async function sendExpiryNotices(
  platform: NoticePlatform,
  { apply }: { readonly apply: boolean },
): Promise<ExpiryNotice[]> {
  const notices: ExpiryNotice[] = [];
  for (const space of await listSpaces(platform)) {
    const due = dueNotice(space, platform.clock.now());
    if (due === undefined) continue;
    const ofSpace = await transaction(platform.db, async (db) => {
      if (apply) await lockSpace(db, space.domain);
      const receivers = await receiversOf(db, space, due);
      for (const to of apply ? receivers : []) await send({ ...platform, db }, space, due, to);
      return receivers.map((to) => ({ domain: space.domain, to, daysLeft: due.daysLeft }));
    });
    notices.push(...ofSpace);
  }
  return notices;
}

interface Due {
  readonly expireAt: number;
  readonly daysLeft: number;
  /** Whoever got a notice after this instant has it already. */
  readonly since: number;
}

function dueNotice({ expireAt }: Space, now: number): Due | undefined {
  if (expireAt === undefined || expireAt <= now) return undefined;
  const daysLeft = Math.ceil((expireAt - now) / dayMs);
  const days = noticeDays.find((candidate) => daysLeft <= candidate);
  return days === undefined ? undefined : { expireAt, daysLeft, since: expireAt - days * dayMs };
}

/** Administrators with an address who have no notice yet. A notice is known by its end: that of the space. */
async function receiversOf(db: Db, { id, domain }: Space, due: Due): Promise<string[]> {
  const told = await selectMailsThatEnd(db, id, due.expireAt);
  const have = new Set(
    told.filter(({ createdAt }) => createdAt >= due.since).map(({ recipient }) => recipient),
  );
  const addresses = new Set(await selectAdministratorEmails(db, domain));
  return [...addresses].filter((address) => !have.has(address));
}

async function send(
  platform: NoticePlatform,
  space: Space,
  { expireAt, daysLeft }: Due,
  to: string,
): Promise<void> {
  const [year, month, day] = toDbDate(expireAt).slice(0, 10).split('-');
  // No request says which language its reader speaks.
  const mail = await writeMail(platform, 'space_expiring', {
    to,
    space,
    locale: 'en',
    values: { date: `${day}-${month}-${year}`, days: String(daysLeft) },
  });
  await enqueue(platform, mail, { spaceId: space.id, expiresAt: expireAt });
}
