import type { ProvisioningDocument, ProvisioningSection } from '@dialtone/contract';
import type { Space } from '../../spaces/space.ts';
import { type AccountUris, authInfoSection, proxySection } from './account-sections.ts';
import { type ContactDirectory, contactDirectorySections } from './contact-directories.ts';
import { customSections } from './custom-entries.ts';
import { externalAccountSections } from './external-account-sections.ts';
import { mergeSections } from './merge-sections.ts';
import { natPolicySection, turnAuthInfoSection } from './nat-sections.ts';
import type { ProvisionedAccount } from './provisioned-account.ts';
import { section } from './section.ts';
import { uiSection } from './ui-section.ts';

/** How the phone finds its configuration again at its next start. */
export type Refetch =
  /** `config-uri` becomes the authenticated URL: later changes reach the phone by themselves. */
  | 'me'
  /** The phone forgets the URL once it has applied the document. */
  | 'once'
  /** Nothing is said: the URL that was asked stays and stays valid. */
  | 'same';

export interface DocumentInput {
  /** `scheme://host[:port]` the phone asked; its absolute URLs start with it. */
  readonly origin: string;
  /** The space of that host: custom entries and directories come from it. */
  readonly space: Space;
  readonly directories: readonly ContactDirectory[];
  readonly account: ProvisionedAccount | undefined;
  /** `reg_proxy` and `reg_route` of the account. */
  readonly registrar: string;
  readonly uris: AccountUris;
  readonly refetch: Refetch;
  readonly externalDependsOnAccount: boolean;
}

/** Numbers `auth_info_N` without a gap: phones stop reading at the first missing one. */
function authInfoSections(account: ProvisionedAccount): ProvisioningSection[] {
  const { cardDav, credentials, turn } = account;
  const all = credentials === undefined ? cardDav : [...cardDav, credentials];
  const sections = all.map((each, index) => authInfoSection(index, each));
  if (turn !== undefined) sections.push(turnAuthInfoSection(sections.length, turn));
  return sections;
}

function accountSections(input: DocumentInput, account: ProvisionedAccount): ProvisioningSection[] {
  const authInfos = authInfoSections(account);
  const { external, turn } = account;
  return [
    uiSection(account.space),
    proxySection(0, account, input.registrar, input.uris),
    ...authInfos,
    ...(external === undefined
      ? []
      : externalAccountSections(
          { proxy: 1, authInfo: authInfos.length },
          external,
          input.externalDependsOnAccount,
        )),
    ...(turn === undefined ? [] : [natPolicySection(turn)]),
  ];
}

function miscSection({ origin, refetch }: DocumentInput): ProvisioningSection {
  return section('misc', {
    'contacts-vcard-list': `${origin}/contacts/vcard`,
    'config-uri': refetch === 'me' ? `${origin}/provisioning/me` : undefined,
    transient_provisioning: refetch === 'once' ? true : undefined,
  });
}

/**
 * The document a phone receives: complete and overwriting, so that it works in every Linphone
 * generation (provisioning-client.md §5.9). The space's own entries come first and win.
 */
export function buildDocument(input: DocumentInput): ProvisioningDocument {
  const { account, origin, space } = input;
  const generated = [
    ...contactDirectorySections(input.directories),
    miscSection(input),
    section('account_creator', { url: `${origin}/api/` }),
    ...(account === undefined ? [] : accountSections(input, account)),
  ];
  const custom = customSections(
    space.customProvisioningEntries,
    space.switches.custom_provisioning_overwrite_all,
  );
  return { sections: mergeSections([...custom, ...generated]) };
}
