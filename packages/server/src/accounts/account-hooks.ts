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

/** What account services need; hooks are optional. */
export type AccountsPlatform = Pick<Platform, 'db' | 'clock' | 'random' | 'config' | 'log'> & {
  readonly accountHooks?: AccountHooks | undefined;
};

/** Calls a hook. The change is stored by now, so a hook that fails is only logged. */
export async function callHook(
  platform: Pick<AccountsPlatform, 'accountHooks' | 'log'>,
  event: keyof AccountHooks,
  account: Account,
): Promise<void> {
  try {
    await platform.accountHooks?.[event]?.(account);
  } catch (error) {
    platform.log.error({ err: error, event, accountId: account.id }, 'account hook failed');
  }
}
