import type { Account } from '@dialtone/server';

/** What the account commands print of an account. */
export function shownAccount(account: Account) {
  const { id, username, domain, displayName, email, phone, activated, blocked, admin } = account;
  return {
    id,
    username,
    domain,
    display_name: displayName ?? null,
    email: email ?? null,
    phone: phone ?? null,
    activated,
    blocked,
    admin,
  };
}
