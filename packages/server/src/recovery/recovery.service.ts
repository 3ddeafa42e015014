import type { Locale } from '@dialtone/phrases';
import { type Account, addressOf } from '../accounts/account.ts';
import type { AccountsPlatform } from '../accounts/account-hooks.ts';
import { lockAccount, selectAccount } from '../accounts/account.repository.ts';
import { parsePhoneNumber } from '../accounts/phone/phone-number.ts';
import type { Db } from '../db/database.ts';
import { toDbDate } from '../db/dates.ts';
import { transaction } from '../db/transaction.ts';
import { forbidden } from '../errors/service-error.ts';
import { validityText } from '../mails/validity.ts';
import { writeMail } from '../mails/write-mail.ts';
import type { Message } from '../messaging/message.ts';
import { enqueue } from '../messaging/outbox.ts';
import { codeSms } from '../messaging/sms/code-sms.ts';
import type { Space } from '../spaces/space.ts';
import {
  consumeAccountRecoveryToken,
  findAccountRecoveryToken,
} from '../tokens/account-recovery-token.ts';
import { type CodeUse, confirmCode, issueCode } from '../tokens/code.ts';
import { hasExpired, type Origin } from '../tokens/life-cycle.ts';

/** Wrong tries that a recovery code allows (flexiapi-core.md §10). */
export const RECOVERY_ATTEMPTS = 3;

/** Four digits are guessed in a few thousand tries: an account gets few codes a day. */
const codesPerDay = 5;
const dayMs = 86_400_000;
/** A code that lives longer can be replaced after this. */
const resendMinutes = 60;

/** On whose behalf, and in which language, a code is sent. */
export interface RecoveryContext {
  readonly space: Space;
  readonly locale: Locale;
  readonly origin: Origin;
}

/** How the owner of an account is reached. */
export type RecoveryTarget = { readonly phone: string } | { readonly email: string };

/** The account of a number in the space: its username, else its phone. Blocked ones cannot be recovered. */
export async function findByNumber(
  { db }: Pick<AccountsPlatform, 'db'>,
  { domain }: Pick<Space, 'domain'>,
  number: string,
): Promise<{ readonly account: Account; readonly phone: string } | undefined> {
  const phone = number.startsWith('+') ? parsePhoneNumber(number)?.e164 : undefined;
  if (phone === undefined) return undefined;
  const account =
    (await selectAccount(db, { username: phone, domain })) ??
    (await selectAccount(db, { phone, domain }));
  return account === undefined || account.blocked ? undefined : { account, phone };
}

/**
 * The account of an e-mail address, and this address as it is stored, which is the only one that may
 * get a code: MariaDB finds it for look-alikes too (`é` for `e`), whose mail somebody else reads. Where
 * several may share an address, its username or phone too.
 */
export async function findByEmail(
  { db }: Pick<AccountsPlatform, 'db'>,
  { domain, switches }: Pick<Space, 'domain' | 'switches'>,
  email: string,
  username: string | undefined,
): Promise<{ readonly account: Account; readonly email: string } | undefined> {
  const keys = switches.unique_email
    ? [{ email, domain }]
    : [
        { email, domain, username: username ?? '' },
        { email, domain, phone: username ?? '' },
      ];
  for (const key of keys) {
    const account = await selectAccount(db, key);
    if (account?.email !== undefined && !account.blocked) return { account, email: account.email };
  }
  return undefined;
}

/**
 * Sends a recovery code; false when one is pending or too many were sent lately.
 * @param spend runs in the same transaction, for instance to consume the token that allows it
 */
export async function sendRecoveryCode(
  platform: AccountsPlatform,
  context: RecoveryContext,
  account: Account,
  target: RecoveryTarget,
  spend: (trx: Db) => Promise<void> = async () => {},
): Promise<boolean> {
  const minutes = platform.config.expiry.recoveryCodeMinutes;
  return transaction(platform.db, async (trx) => {
    const inside = { ...platform, db: trx };
    await lockAccount(trx, account.id);
    if (await mustWait(inside, account.id, minutes)) return false;
    await spend(trx);
    const code = await issueCode(inside, 'recovery_codes', account.id, target, context.origin);
    const message = await writeMessage(inside, context, account, target, code, minutes);
    await enqueue(inside, message, {
      spaceId: context.space.id,
      ...(minutes > 0 ? { expiresAt: platform.clock.now() + minutes * 60_000 } : {}),
    });
    return true;
  });
}

/**
 * The use of a push-delivered recovery token: its one code by SMS.
 * @throws ServiceError `token.refused` when it is unknown, used or too old
 */
export async function sendPhoneRecoveryCode(
  platform: AccountsPlatform,
  context: RecoveryContext,
  token: string,
  number: string,
): Promise<{ readonly account: Account; readonly sent: boolean } | undefined> {
  const found = await findAccountRecoveryToken(platform, token);
  if (found === undefined || found.expired) throw forbidden('token.refused');
  const owner = await findByNumber(platform, context.space, number);
  if (owner === undefined) return undefined;
  const { account, phone } = owner;
  const now = platform.clock.now();
  const sent = await sendRecoveryCode(platform, context, account, { phone }, async (trx) => {
    if (!(await consumeAccountRecoveryToken(trx, found.row, account.id, now))) {
      throw forbidden('token.refused');
    }
  });
  return { account, sent };
}

/** Tries a code; it is spent when it is right. */
export function tryRecoveryCode(
  platform: Pick<AccountsPlatform, 'db' | 'clock' | 'config'>,
  accountId: number,
  code: string,
): Promise<CodeUse> {
  const limits = {
    minutes: platform.config.expiry.recoveryCodeMinutes,
    attempts: RECOVERY_ATTEMPTS,
  };
  return confirmCode(platform, 'recovery_codes', { accountId, code, limits }, async () => {});
}

/** Whether a code is on its way, or enough of them were today. */
async function mustWait(
  { db, clock }: Pick<AccountsPlatform, 'db' | 'clock'>,
  accountId: number,
  minutes: number,
): Promise<boolean> {
  const now = clock.now();
  const recent = await db
    .selectFrom('recovery_codes')
    .select(['code', 'created_at'])
    .where('account_id', '=', accountId)
    .where('created_at', '>=', toDbDate(now - dayMs))
    .orderBy('id', 'desc')
    .limit(codesPerDay)
    .execute();
  if (recent.length === codesPerDay) return true;
  const [newest] = recent;
  if (newest === undefined || newest.code === null) return false;
  const pendingMinutes = minutes > 0 ? Math.min(minutes, resendMinutes) : resendMinutes;
  return !hasExpired(newest.created_at, pendingMinutes, now);
}

async function writeMessage(
  inside: AccountsPlatform,
  { space, locale }: RecoveryContext,
  account: Account,
  target: RecoveryTarget,
  code: string,
  minutes: number,
): Promise<Message> {
  if ('phone' in target) {
    return { kind: 'sms', to: target.phone, text: codeSms(locale, space, code, minutes) };
  }
  const values = { sip: addressOf(account), code, validity: validityText(locale, minutes) };
  return writeMail(inside, 'recovery_code', { to: target.email, space, locale, values });
}
