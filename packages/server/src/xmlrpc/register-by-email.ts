import type { StoredPassword } from '../accounts/password/password.repository.ts';
import { sendActivationMail } from './confirmation/send-email-key.ts';
import { readEmail } from './email.ts';
import type { Call } from './method.ts';
import { register } from './register.ts';

interface NewEmailAccount {
  readonly username: string;
  readonly email: string;
  readonly hashes: readonly StoredPassword[];
  readonly userAgent: string | undefined;
}

/** Creates an account that its owner activates by the key in a mail. @throws like register */
export async function registerByEmail(call: Call, account: NewEmailAccount): Promise<void> {
  const { username, hashes, userAgent } = account;
  const { domain } = call.context.space;
  const email = readEmail(account.email);
  await register(call, { username, email, hashes, userAgent }, (inside, id) =>
    sendActivationMail(inside, call.context, { id, username, domain, email }),
  );
}
