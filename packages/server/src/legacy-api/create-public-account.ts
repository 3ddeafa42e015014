import type { Account } from '../accounts/account.ts';
import type { AccountsPlatform } from '../accounts/account-hooks.ts';
import { checkPhone } from '../accounts/account-availability.ts';
import { createAccountWithToken } from '../accounts/create-account-with-token.ts';
import type { CreationStep } from '../accounts/create-account.ts';
import { forbidden, invalid } from '../errors/service-error.ts';
import type { RequestContext } from '../http/request-context.ts';
import { sendActivationMail } from '../xmlrpc/confirmation/send-email-key.ts';
import { sendSmsKey } from '../xmlrpc/confirmation/send-sms-key.ts';

type Optional = string | null | undefined;

/** What an app says of a new account; without username it is called like the phone. */
interface PublicAccount {
  readonly username?: Optional;
  readonly email?: Optional;
  readonly phone?: Optional;
  readonly password: string;
  readonly account_creation_token: string;
}

/**
 * Creates an account and sends its owner the code that activates it: by SMS when there is a phone,
 * which is the account's only after that, else by mail when there is an address.
 * @throws ServiceError like createAccountWithToken; `space.feature_disabled` where strangers may not create accounts. Refusal when no SMS can be sent
 */
export async function createPublicAccount(
  platform: AccountsPlatform,
  context: RequestContext,
  { password, account_creation_token: token, ...wanted }: PublicAccount,
): Promise<Account> {
  const { space, ip: ipAddress, userAgent } = context;
  if (!space.switches.public_registration) throw forbidden('space.feature_disabled');
  const email = wanted.email ?? undefined;
  const phone = await readPhone(platform, context, wanted.phone);
  const username = wanted.username ?? phone;
  if (username === undefined) throw invalid({ username: 'validation.required' });
  return createAccountWithToken(
    platform,
    space,
    token,
    {
      username,
      password,
      email,
      ipAddress,
      userAgent,
      allowPhoneNumberUsername: username === phone,
    },
    sendCode(platform, context, { username, email, phone }),
  );
}

/** The number in stored form. */
async function readPhone(
  { db }: AccountsPlatform,
  { space }: RequestContext,
  phone: Optional,
): Promise<string | undefined> {
  if (phone === undefined || phone === null) return undefined;
  if (!space.switches.phone_registration) throw forbidden('space.feature_disabled');
  const checked = await checkPhone(db, space.domain, phone);
  if ('fault' in checked) throw invalid({ phone: checked.fault });
  return checked.e164;
}

/** In the transaction of the creation: there is no account without its code. */
function sendCode(
  platform: AccountsPlatform,
  context: RequestContext,
  {
    username,
    email,
    phone,
  }: Record<'email' | 'phone', string | undefined> & Pick<Account, 'username'>,
): CreationStep {
  const { space, locale } = context;
  return async (trx, id) => {
    const inside = { ...platform, db: trx };
    if (phone !== undefined) {
      await sendSmsKey(inside, { space, locale, accountId: id, purpose: 'activation', phone });
    } else if (email !== undefined) {
      await sendActivationMail(inside, context, { id, username, domain: space.domain, email });
    }
  };
}
