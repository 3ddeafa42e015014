import { type NameAddr, NO_PARAMS } from '@dialtone/sip';
import type { Address } from '../address/address.ts';

/** Bindings of an account to remove with its next REGISTER. */
export class WithdrawnContacts {
  #contacts: readonly NameAddr[] = [];

  /** The custom contact was edited: the old one must not stay behind. */
  replaced(before: Address | null, after: Address | null): void {
    if (before?.nameAddr === undefined || before.asString() === after?.asString()) return;
    this.#contacts = [...this.#contacts, before.nameAddr];
  }

  /** The network is gone, and with it the connection a binding led to; datagrams may still arrive. */
  lost(binding: NameAddr): void {
    const { uri } = binding;
    const transport = uri.params.get('transport');
    const stream = uri.scheme === 'sips' || transport === 'tcp' || transport === 'tls';
    // A GRUU names the instance: the next binding takes its place by itself.
    if (!stream || uri.params.has('gr')) return;
    this.#contacts = [...this.#contacts, { ...binding, params: NO_PARAMS }];
  }

  /** All of them, which are then forgotten. */
  take(): readonly NameAddr[] {
    const contacts = this.#contacts;
    this.#contacts = [];
    return contacts;
  }
}
