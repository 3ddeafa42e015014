import { runHook } from '../hooks/run-hook.ts';
import type { MailTemplates } from '../mails/mail-templates.ts';
import type { Platform } from '../platform.ts';
import type { Account } from './account.ts';

type Hook = (account: Account) => void | Promise<void>;

/** What an operator's own code may want to know of accounts; called after the change is stored. */
export interface AccountHooks {
  readonly created?: Hook;
  readonly edited?: Hook;
  /** Also when a provisioning token or a code activates the account. */
  readonly activated?: Hook;
  /** The account as it was. */
  readonly deleted?: Hook;
  readonly passwordChanged?: Hook;
}

/** What account services need; what belongs to the operator is optional. */
export type AccountsPlatform = Pick<Platform, 'db' | 'clock' | 'random' | 'config' | 'log'> & {
  readonly accountHooks?: AccountHooks | undefined;
  /** The operator's mail templates; undefined: ours. */
  readonly mailTemplates?: MailTemplates | undefined;
};

/**
 * Tells a hook about a change that is stored by now.
 * @throws HookError when the hook throws or hangs: the request fails, the change stays
 */
export async function callHook(
  platform: Pick<AccountsPlatform, 'accountHooks' | 'clock'>,
  event: keyof AccountHooks,
  account: Account,
): Promise<void> {
  const hook = platform.accountHooks?.[event];
  if (hook !== undefined) await runHook(platform.clock, `account.${event}`, () => hook(account));
}
