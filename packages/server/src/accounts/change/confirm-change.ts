import type { Db } from '../../db/database.ts';
import { gone, invalid, notFound } from '../../errors/service-error.ts';
import { lockSpace } from '../../spaces/space.repository.ts';
import { getSpace } from '../../spaces/space.service.ts';
import { type CodeLimits, type CodeTable, confirmCode } from '../../tokens/code.ts';
import type { Account } from '../account.ts';
import { checkPhone, emailTaken } from '../account-availability.ts';
import { type AccountsPlatform, callHook } from '../account-hooks.ts';
import { selectAccount, updateAccountRow } from '../account.repository.ts';

/**
 * Gives the account the address that the code was mailed to, and activates it
 * (flexiapi-core.md §7.2).
 * @throws ServiceError `validation.failed` on `code` or `email`, `code.expired`, `code.not_found`
 */
export function confirmEmailChange(
  platform: AccountsPlatform,
  account: Account,
  code: string,
): Promise<Account> {
  const minutes = platform.config.expiry.emailChangeCodeMinutes;
  return confirm(platform, 'email_change_codes', account, code, minutes, async (trx, email) => {
    await lockSpace(trx, account.domain);
    // Somebody else may have taken the address since the code was sent.
    const space = await getSpace({ db: trx }, account.domain);
    if (await emailTaken(trx, space, email, { exceptId: account.id })) {
      throw invalid({ email: 'validation.unique' });
    }
    return { email };
  });
}

/**
 * Gives the account the number that the code was sent to, and activates it.
 * @throws ServiceError like confirmEmailChange, on `code` or `phone`
 */
export function confirmPhoneChange(
  platform: AccountsPlatform,
  account: Account,
  code: string,
): Promise<Account> {
  const minutes = platform.config.expiry.phoneChangeCodeMinutes;
  return confirm(platform, 'phone_change_codes', account, code, minutes, async (trx, phone) => {
    await lockSpace(trx, account.domain);
    const checked = await checkPhone(trx, account.domain, phone, { exceptId: account.id });
    if ('fault' in checked) throw invalid({ phone: checked.fault });
    return { phone: checked.e164 };
  });
}

async function confirm(
  platform: AccountsPlatform,
  table: CodeTable,
  account: Account,
  code: string,
  minutes: number,
  accept: (trx: Db, sentTo: string) => Promise<Partial<Account>>,
): Promise<Account> {
  const limits: CodeLimits = { minutes, attempts: platform.config.accounts.codeAttempts };
  const attempt = { accountId: account.id, code, limits };
  const use = await confirmCode(platform, table, attempt, async (trx, sentTo) => {
    const change = await accept(trx, sentTo);
    const current = (await selectAccount(trx, { id: account.id })) ?? account;
    const fields = { ...current, ...change, activated: true };
    await updateAccountRow(trx, account.id, fields, platform.clock.now());
  });
  switch (use.outcome) {
    case 'none':
      throw notFound('code.not_found');
    case 'expired':
      throw gone('code.expired');
    case 'wrong':
      throw invalid({ code: 'validation.code' });
    case 'confirmed':
  }
  const after = await selectAccount(platform.db, { id: account.id });
  if (after === undefined) throw notFound('account.not_found');
  await callHook(platform, 'edited', after);
  if (!account.activated) await callHook(platform, 'activated', after);
  return after;
}
