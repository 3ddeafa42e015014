import type { AccountDetails } from '../accounts/account-details.repository.ts';
import { type Account, addressOf, sipUriOf } from '../accounts/account.ts';

/** RFC 6350 §3.4: a value on one line, its separators escaped. */
function escapeValue(text: string): string {
  return text.replace(/[\\,;]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n');
}

/** A contact as vCard 4.0 with Linphone's intercom properties; no line break at its end. */
export function contactVcard(
  account: Account,
  { types, actions }: Pick<AccountDetails, 'types' | 'actions'>,
): string {
  const { dtmfProtocol, displayName } = account;
  return [
    'BEGIN:VCARD',
    'VERSION:4.0',
    'KIND:individual',
    `IMPP:${sipUriOf(account)}`,
    `FN:${escapeValue(displayName ?? addressOf(account))}`,
    ...(dtmfProtocol === undefined ? [] : [`X-LINPHONE-ACCOUNT-DTMF-PROTOCOL:${dtmfProtocol}`]),
    ...types.map(({ key }) => `X-LINPHONE-ACCOUNT-TYPE:${key}`),
    // Without a protocol nobody could send the codes.
    ...(dtmfProtocol === undefined ? [] : actions).map(
      ({ key, code }) => `X-LINPHONE-ACCOUNT-ACTION:${key};${code}`,
    ),
    'END:VCARD',
  ].join('\n');
}
