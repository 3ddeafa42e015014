import type { DtmfProtocol } from '@dialtone/contract';

/** A SIP user. */
export interface Account {
  readonly id: number;
  /** User part of its SIP address. */
  readonly username: string;
  /** SIP domain, the domain of its space. */
  readonly domain: string;
  readonly email: string | undefined;
  /** Confirmed: only activated accounts get SIP service. */
  readonly activated: boolean;
  /** Address that created the account. */
  readonly ipAddress: string;
  /** Software that created or last edited it. */
  readonly userAgent: string;
  readonly createdAt: number;
  readonly updatedAt: number | undefined;
  readonly displayName: string | undefined;
  readonly dtmfProtocol: DtmfProtocol | undefined;
  /** Refused by the user API. */
  readonly blocked: boolean;
  /** Administrator of its space. */
  readonly admin: boolean;
  /** International number, `+` and digits. */
  readonly phone: string | undefined;
}

/** Free texts of an account by key. */
export type Dictionary = Readonly<Record<string, string>>;

/** `user@domain`. */
export function addressOf(account: Pick<Account, 'username' | 'domain'>): string {
  return `${account.username}@${account.domain}`;
}

/** `sip:user@domain`. */
export function sipUriOf(account: Pick<Account, 'username' | 'domain'>): string {
  return `sip:${addressOf(account)}`;
}

/** The parts of `user@domain`; undefined when there is no user, no domain or a scheme. */
export function parseAddress(
  address: string,
): { readonly username: string; readonly domain: string } | undefined {
  const at = address.lastIndexOf('@');
  const username = address.slice(0, Math.max(at, 0));
  const domain = address.slice(at + 1);
  if (username === '' || domain === '' || /^sips?:/iu.test(address)) return undefined;
  return { username, domain };
}
