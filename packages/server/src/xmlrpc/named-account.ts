import type { Account } from '../accounts/account.ts';
import { findAccountByAddress, findAccountByPhone } from '../accounts/account.service.ts';
import { parsePhoneNumber } from '../accounts/phone/phone-number.ts';
import type { Call as AnyCall } from './method.ts';
import { refuse } from './result.ts';

type Call = Pick<AnyCall, 'platform' | 'context'>;

/** The account of the space that is called `username`, spelled exactly so: hashes contain the spelling. */
export async function findNamed(
  { platform, context }: Call,
  username: string,
): Promise<Account | undefined> {
  const account = await findAccountByAddress(platform, username, context.space.domain);
  return account?.username === username ? account : undefined;
}

/** @throws Refusal `ERROR_ACCOUNT_DOESNT_EXIST` */
export async function getNamed(call: Call, username: string): Promise<Account> {
  const account = await findNamed(call, username);
  if (account === undefined) throw refuse('ERROR_ACCOUNT_DOESNT_EXIST');
  return account;
}

/**
 * The account of a caller that has to prove itself by a key. Blocked ones stay locked out.
 * @throws Refusal `ERROR_ACCOUNT_DOESNT_EXIST`, `ERROR_CANT_RECOVER_ACCOUNT`
 */
export async function getUsable(call: Call, username: string): Promise<Account> {
  const account = await getNamed(call, username);
  if (account.blocked) throw refuse('ERROR_CANT_RECOVER_ACCOUNT');
  return account;
}

/** The account of the space whose phone, which XML-RPC calls its alias, this is. */
export function findByAlias(
  { platform, context }: Call,
  phone: string,
): Promise<Account | undefined> {
  return findAccountByPhone(platform, storedForm(phone), context.space.domain);
}

/** The account with this name, else with this alias. */
export async function findNamedOrAlias(call: Call, name: string): Promise<Account | undefined> {
  return (await findNamed(call, name)) ?? findByAlias(call, name);
}

/**
 * Lets a phone argument pass that begins like an international number.
 * @throws Refusal `ERROR_PHONE_ISNT_E164`
 */
export function checkPlus(phone: string): void {
  if (!phone.startsWith('+')) throw refuse('ERROR_PHONE_ISNT_E164');
}

/** How a number is stored, `+` and digits; texts that are no number stay as they are. */
export function storedForm(phone: string): string {
  return parsePhoneNumber(phone)?.e164 ?? phone;
}
