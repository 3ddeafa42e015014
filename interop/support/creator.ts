import {
  type AccountCreator,
  AccountCreatorStatus,
  ConfigStore,
  Core,
  xmlRpcConnector,
} from '@dialtone/client';

import type { Dialtone } from './dialtone.ts';

const statusNames = new Map<number, string>(
  Object.entries(AccountCreatorStatus).map(([name, value]) => [value, name]),
);

/** Name of a status of the account creator. */
export function statusName(status: number): string {
  return statusNames.get(status) ?? String(status);
}

/** Makes a request of our account creator that must be accepted at once; its final status by name. */
export async function ask(
  creator: AccountCreator,
  name: Parameters<AccountCreator['request']>[0],
): Promise<string> {
  const { provisional, done } = creator.request(name);
  if (provisional !== AccountCreatorStatus.RequestOk) {
    throw new Error(`${name} was refused at once: ${statusName(provisional)}`);
  }
  return statusName((await done).status);
}

/** A core that is not started: enough for account creators. `config` are `linphonerc` lines. */
export function assistantCore(domain: string, config = ''): Core {
  const text = `[assistant]\ndomain=${domain}\n[proxy_default_values]\nreg_identity=sip:?@${domain}\n`;
  return new Core({ config: ConfigStore.fromString(`${text}${config}`), userAgent: 'Interop/1.0' });
}

/**
 * The whole XML-RPC service: activation by e-mail, and what only test servers answer. The core's
 * default has activation by phone instead, and does not delete.
 */
export function useEveryXmlRpcMethod(core: Core): void {
  const service = core.accountCreatorService;
  if (service === null) throw new Error('the core has no account creator service');
  service.activateAccountCb = xmlRpcConnector.activateEmailAccount;
  service.deleteAccountCb = xmlRpcConnector.deleteAccount;
}

/** Such a core, set to the REST API of a server. */
export function flexiApiCore({ url, space }: Pick<Dialtone, 'url' | 'space'>): Core {
  return assistantCore(space.domain, `[account_creator]\nbackend=1\nurl=${url}/api/\n`);
}
