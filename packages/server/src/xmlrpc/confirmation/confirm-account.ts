import { type Account, addressOf } from '../../accounts/account.ts';
import { type AccountsPlatform, callHook } from '../../accounts/account-hooks.ts';
import { selectAccount, updateAccountRow } from '../../accounts/account.repository.ts';
import type { RequestContext } from '../../http/request-context.ts';
import { writeMail } from '../../mails/write-mail.ts';
import { maskRecipient } from '../../messaging/mask.ts';
import { enqueue } from '../../messaging/outbox.ts';
import { lockSpace } from '../../spaces/space.repository.ts';
import { refuse } from '../result.ts';

type Context = Pick<RequestContext, 'space' | 'locale'>;

/** An account before and after its owner confirmed it. */
export interface Confirmed {
  readonly before: Account;
  readonly after: Account;
}

/**
 * Activates an account and, if given, makes `phone` its own, whoever had it: its SMS were read. Call
 * it in the transaction that spends the key, and `tellHooks` after that.
 */
export async function confirmAccount(
  inside: AccountsPlatform,
  context: Context,
  accountId: number,
  phone?: string,
): Promise<Confirmed> {
  const { db, clock } = inside;
  // Phones have no unique key: one change of them at a time.
  if (phone !== undefined) await lockSpace(db, context.space.domain);
  const before = await selectAccount(db, { id: accountId });
  if (before === undefined) throw refuse('ERROR_ACCOUNT_DOESNT_EXIST');
  if (phone !== undefined) await takePhoneFromOthers(inside, context, before, phone);
  const after = { ...before, activated: true, phone: phone ?? before.phone };
  if (before.activated && before.phone === after.phone) return { before, after };
  await updateAccountRow(db, accountId, after, clock.now());
  return { before, after };
}

/** Tells an operator's own code about a confirmation that is stored. */
export async function tellHooks(
  platform: AccountsPlatform,
  { before, after }: Confirmed,
): Promise<void> {
  if (before.phone !== after.phone) await callHook(platform, 'edited', after);
  if (!before.activated) await callHook(platform, 'activated', after);
}

/** The previous owner is told (X14). */
async function takePhoneFromOthers(
  inside: AccountsPlatform,
  context: Context,
  { id, domain }: Account,
  phone: string,
): Promise<void> {
  const holder = await selectAccount(inside.db, { phone, domain });
  if (holder === undefined || holder.id === id) return;
  await updateAccountRow(inside.db, holder.id, { ...holder, phone: undefined }, inside.clock.now());
  const moved = { phone: maskRecipient(phone), from: holder.id, to: id };
  inside.log.warn(moved, 'phone moved to another account');
  const { email } = holder;
  if (email !== undefined) await mailPreviousOwner(inside, context, { ...holder, email }, phone);
}

async function mailPreviousOwner(
  inside: AccountsPlatform,
  { space, locale }: Context,
  holder: Account & { readonly email: string },
  phone: string,
): Promise<void> {
  const values = { sip: addressOf(holder), phone };
  const letter = { to: holder.email, space, locale, values };
  const mail = await writeMail(inside, 'phone_moved', letter);
  await enqueue(inside, mail, { spaceId: space.id });
}
