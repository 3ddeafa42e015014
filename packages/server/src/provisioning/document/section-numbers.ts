import type { ProvisioningSection } from '@dialtone/contract';

/** Families of numbered sections, and the key without which one of them is nothing. */
const identityKeys = {
  proxy: 'reg_identity',
  auth_info: 'username',
  remote_contact_directory: 'uri',
  carddav: 'server_url',
} as const;

type Family = keyof typeof identityKeys;

/**
 * Names numbered sections without a gap, since phones stop reading at the first missing number. Those
 * that the space's own text describes by itself keep their numbers: two accounts or credentials must
 * not be mixed in one section.
 */
export class SectionNumbers {
  readonly #taken: ReadonlySet<string>;
  readonly #next = new Map<Family, number>();

  constructor(custom: readonly ProvisioningSection[]) {
    const complete = custom.filter(({ name, entries }) => {
      const family = /^(.+)_\d+$/.exec(name)?.[1] ?? '';
      const key = isFamily(family) ? identityKeys[family] : undefined;
      return entries.some((entry) => entry.name === key);
    });
    this.#taken = new Set(complete.map(({ name }) => name));
  }

  /** The next free name, such as `auth_info_2`. */
  take(family: Family): string {
    let number = this.#next.get(family) ?? 0;
    while (this.#taken.has(`${family}_${number}`)) number += 1;
    this.#next.set(family, number + 1);
    return `${family}_${number}`;
  }

  /** The first of a family, whatever the text says about it: its entries are additions. */
  takeFirst(family: Family): string {
    this.#next.set(family, 1);
    return `${family}_0`;
  }
}

function isFamily(name: string): name is Family {
  return Object.hasOwn(identityKeys, name);
}
