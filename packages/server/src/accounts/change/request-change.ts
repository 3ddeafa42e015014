import type { Locale } from '@dialtone/phrases';
import { toDbDate } from '../../db/dates.ts';
import { transaction } from '../../db/transaction.ts';
import { forbidden, invalid } from '../../errors/service-error.ts';
import { validityText } from '../../mails/validity.ts';
import { writeMail } from '../../mails/write-mail.ts';
import type { Message } from '../../messaging/message.ts';
import { enqueue } from '../../messaging/outbox.ts';
import { codeSms } from '../../messaging/sms/code-sms.ts';
import { getSpace } from '../../spaces/space.service.ts';
import type { Space } from '../../spaces/space.ts';
import { hasConsumedCreationToken } from '../../tokens/account-creation-token.ts';
import { issueCode } from '../../tokens/code.ts';
import type { Origin } from '../../tokens/life-cycle.ts';
import type { Account } from '../account.ts';
import { checkPhone, emailTaken } from '../account-availability.ts';
import type { AccountsPlatform } from '../account-hooks.ts';
import { lockAccount, setAccountFlags } from '../account.repository.ts';

/** On whose behalf, and in which language, a code is sent. */
export interface ChangeContext {
  readonly space: Space;
  readonly locale: Locale;
  readonly origin: Origin;
}

/**
 * Lets an account ask for a code, or not: too many codes block it for good, and it must have spent an
 * account creation token, which a robot does not get (flexiapi-core.md §4.6, §7.1).
 * @throws ServiceError `account.blocked`, `account.not_validated`
 */
export async function admitChangeRequest(
  platform: AccountsPlatform,
  accountId: number,
): Promise<void> {
  if (await hasTooManyCodes(platform, accountId)) {
    await setAccountFlags(platform.db, accountId, { blocked: true }, platform.clock.now());
    throw forbidden('account.blocked');
  }
  if (!(await hasConsumedCreationToken(platform.db, accountId))) {
    throw forbidden('account.not_validated');
  }
}

/**
 * Mails a code to the address that `account` wants to have.
 * @throws ServiceError like admitChangeRequest, `validation.failed` on `email`
 */
export async function requestEmailChange(
  platform: AccountsPlatform,
  context: ChangeContext,
  account: Account,
  email: string,
): Promise<void> {
  if (email === account.email) throw invalid({ email: 'validation.same' });
  const space = await getSpace(platform, account.domain);
  if (await emailTaken(platform.db, space, email, { exceptId: account.id })) {
    throw invalid({ email: 'validation.unique' });
  }
  const minutes = platform.config.expiry.emailChangeCodeMinutes;
  await sendCode(platform, context, account.id, minutes, async (inside) => {
    const { origin } = context;
    const code = await issueCode(inside, 'email_change_codes', account.id, { email }, origin);
    const { space, locale } = context;
    const values = { code, validity: validityText(locale, minutes) };
    return writeMail(inside, 'email_change', { to: email, space, locale, values });
  });
}

/**
 * Sends a code by SMS to the number that `account` wants to have.
 * @throws ServiceError like admitChangeRequest, `validation.failed` on `phone`
 */
export async function requestPhoneChange(
  platform: AccountsPlatform,
  context: ChangeContext,
  account: Account,
  phone: string,
): Promise<void> {
  const checked = await checkPhone(platform.db, account.domain, phone, { exceptId: account.id });
  if ('fault' in checked) throw invalid({ phone: checked.fault });
  const { e164 } = checked;
  if (e164 === account.phone) throw invalid({ phone: 'validation.unique' });
  const minutes = platform.config.expiry.phoneChangeCodeMinutes;
  await sendCode(platform, context, account.id, minutes, async (inside) => {
    const { origin } = context;
    const code = await issueCode(inside, 'phone_change_codes', account.id, { phone: e164 }, origin);
    return { kind: 'sms', to: e164, text: codeSms(context.locale, context.space, code, minutes) };
  });
}

type MakeMessage = (platform: AccountsPlatform) => Promise<Message>;

/** The code and its message together, one request of an account at a time: the limit holds. */
async function sendCode(
  platform: AccountsPlatform,
  { space }: ChangeContext,
  accountId: number,
  minutes: number,
  make: MakeMessage,
): Promise<void> {
  await transaction(platform.db, async (trx) => {
    const inside = { ...platform, db: trx };
    await lockAccount(trx, accountId);
    if (await hasTooManyCodes(inside, accountId)) throw forbidden('account.blocked');
    const message = await make(inside);
    await enqueue(inside, message, {
      spaceId: space.id,
      ...(minutes > 0 ? { expiresAt: platform.clock.now() + minutes * 60_000 } : {}),
    });
  });
}

async function hasTooManyCodes(
  { db, clock, config }: Pick<AccountsPlatform, 'db' | 'clock' | 'config'>,
  accountId: number,
): Promise<boolean> {
  const { blockingEvents, blockingPeriodMinutes } = config.accounts;
  if (blockingEvents <= 0) return false;
  const since = toDbDate(clock.now() - blockingPeriodMinutes * 60_000);
  let codes = 0;
  for (const table of ['recovery_codes', 'phone_change_codes', 'email_change_codes'] as const) {
    const row = await db
      .selectFrom(table)
      .select((select) => select.fn.countAll().as('total'))
      .where('account_id', '=', accountId)
      .where('created_at', '>=', since)
      .executeTakeFirstOrThrow();
    codes += Number(row.total);
  }
  return codes >= blockingEvents;
}
