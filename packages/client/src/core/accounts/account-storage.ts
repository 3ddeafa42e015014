import type { Random } from '@dialtone/sip';
import { Account } from '../../account/account.ts';
import {
  readAccountSection,
  readForeignKeys,
  writeAccountSection,
} from '../../account/account-section.ts';
import type { AddressFormat } from '../../address/address.ts';
import type { ConfigStore } from '../../config/config-store.ts';
import type { NatPolicies } from './nat-policies.ts';
import type { PushNotifications } from '../push-notifications.ts';

export interface AccountStorageParts {
  readonly config: ConfigStore;
  readonly push: PushNotifications;
  readonly natPolicies: NatPolicies;
  /** How addresses are printed. */
  readonly addressFormat: () => AddressFormat;
}

/** Accounts in the configuration: `[proxy_N]` and `[sip] default_proxy` (registration.md §1.6). */
export class AccountStorage {
  readonly #parts: AccountStorageParts;

  constructor(parts: AccountStorageParts) {
    this.#parts = parts;
  }

  /** New accounts from `[proxy_0]`, `[proxy_1]`… until one is missing. */
  *read(random: Random): Iterable<Account> {
    const { config, push } = this.#parts;
    for (let i = 0; config.hasSection(sectionOf(i)); i += 1) {
      const params = readAccountSection(config, sectionOf(i));
      params.idkey ??= params.refKey;
      const account = new Account(params, random);
      account.foreignKeys = readForeignKeys(config, sectionOf(i));
      account.updatePushDevice(push.knownDevice);
      yield account;
    }
  }

  /** -1: none. */
  get defaultIndex(): number {
    return this.#parts.config.getInt('sip', 'default_proxy', -1);
  }

  set defaultIndex(index: number) {
    this.#parts.config.setInt('sip', 'default_proxy', index);
  }

  save({ settings, foreignKeys }: Account, index: number): void {
    const { config, push, natPolicies, addressFormat } = this.#parts;
    if (settings.natPolicy !== null) natPolicies.save(settings.natPolicy);
    writeAccountSection(config, sectionOf(index), settings, {
      foreign: foreignKeys,
      pushConfig: push.enabled ? push.configOf(settings) : null,
      format: addressFormat(),
    });
  }

  /** Writes the accounts from a position on, and the end of the list. */
  saveFrom(position: number, accounts: readonly Account[]): void {
    accounts.slice(position).forEach((account, i) => this.save(account, position + i));
    // The first missing section ends the list when it is read.
    this.#parts.config.removeSection(sectionOf(accounts.length));
  }

  /** Leaves only those NAT policies in the configuration that an account or the core names. */
  saveNatPolicies(accounts: readonly Account[]): void {
    const policies = accounts.map(({ settings }) => settings.natPolicy);
    this.#parts.natPolicies.saveAll(policies.filter((policy) => policy !== null));
  }
}

function sectionOf(index: number): string {
  return `proxy_${index}`;
}
