import { escapeVcardText } from '@dialtone/contract';
import type { AccountDetails } from '../accounts/account-details.repository.ts';
import { type Account, addressOf, sipUriOf } from '../accounts/account.ts';

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
    `FN:${escapeVcardText(displayName ?? addressOf(account))}`,
    ...(dtmfProtocol === undefined ? [] : [`X-LINPHONE-ACCOUNT-DTMF-PROTOCOL:${dtmfProtocol}`]),
    ...types.map(({ key }) => `X-LINPHONE-ACCOUNT-TYPE:${key}`),
    // Without a protocol nobody could send the codes.
    ...(dtmfProtocol === undefined ? [] : actions).map(
      ({ key, code }) => `X-LINPHONE-ACCOUNT-ACTION:${key};${code}`,
    ),
    'END:VCARD',
  ].join('\n');
}
