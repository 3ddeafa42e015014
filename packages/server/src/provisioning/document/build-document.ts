import type { ProvisioningDocument, ProvisioningSection } from '@dialtone/contract';
import type { CarddavServerFields } from '../../spaces/carddav/carddav-server.repository.ts';
import type { Space } from '../../spaces/space.ts';
import { authInfoSection, type ProxySettings, proxySection } from './account-sections.ts';
import { contactDirectorySections } from './contact-directories.ts';
import { customSections } from './custom-sections.ts';
import { externalAccountSections } from './external-account-sections.ts';
import { mergeSections } from './merge-sections.ts';
import { natPolicySection, turnAuthInfoSection } from './nat-sections.ts';
import type { ProvisionedAccount } from './provisioned-account.ts';
import { section } from './section.ts';
import { SectionNumbers } from './section-numbers.ts';
import { uiSection } from './ui-section.ts';

/** How the phone finds its configuration again at its next start. */
export type Refetch =
  /** `config-uri` becomes the authenticated URL: later changes reach the phone by themselves. */
  | 'me'
  /** The phone forgets the URL once it has applied the document. */
  | 'once'
  /** Nothing is said: the URL that was asked stays and stays valid. */
  | 'same';

export interface DocumentInput extends ProxySettings {
  /** `scheme://host[:port]` the phone asked; its absolute URLs start with it. */
  readonly origin: string;
  /** The space of that host: custom entries and directories come from it. */
  readonly space: Space;
  readonly directories: readonly CarddavServerFields[];
  /** The phone reads them in today's form; see {@link contactDirectorySections}. */
  readonly knowsDirectories: boolean;
  readonly account: ProvisionedAccount | undefined;
  readonly refetch: Refetch;
  readonly externalDependsOnAccount: boolean;
}

/** A document, and where its account is. */
export interface BuiltDocument extends ProvisioningDocument {
  /** Undefined in the public document. */
  readonly names: AccountSectionNames | undefined;
}

/** Sections of the account of this server, for those who change the document further. */
export interface AccountSectionNames {
  readonly proxy: string;
  /** Undefined when the account has no password. */
  readonly authInfo: string | undefined;
}

interface AccountPart {
  readonly sections: readonly ProvisioningSection[];
  readonly names: AccountSectionNames;
}

function accountPart(
  input: DocumentInput,
  account: ProvisionedAccount,
  numbers: SectionNumbers,
): AccountPart {
  const { cardDav, credentials, external, turn } = account;
  const proxy = numbers.takeFirst('proxy');
  const sections = [
    uiSection(account.space),
    proxySection(proxy, account, input),
    ...cardDav.map((each) => authInfoSection(numbers.take('auth_info'), each)),
  ];
  const authInfo = credentials === undefined ? undefined : numbers.take('auth_info');
  if (credentials !== undefined && authInfo !== undefined) {
    sections.push(authInfoSection(authInfo, credentials));
  }
  if (turn !== undefined) {
    sections.push(natPolicySection(turn), turnAuthInfoSection(numbers.take('auth_info'), turn));
  }
  if (external !== undefined) {
    const names = { proxy: numbers.take('proxy'), authInfo: numbers.take('auth_info') };
    sections.push(...externalAccountSections(names, external, input));
  }
  return { sections, names: { proxy, authInfo } };
}

function miscSection({ origin, refetch }: DocumentInput): ProvisioningSection {
  return section('misc', {
    'contacts-vcard-list': `${origin}/contacts/vcard`,
    'config-uri': refetch === 'me' ? `${origin}/provisioning/me` : undefined,
    // The key outlives the document that set it: a phone that once forgot its URL would forget this one.
    transient_provisioning: refetch === 'same' ? undefined : refetch === 'once',
  });
}

/**
 * The document a phone receives: complete and overwriting, so that it works in every Linphone
 * generation (provisioning-client.md §5.9). The space's own entries come first and win.
 */
export function buildDocument(input: DocumentInput): BuiltDocument {
  const { account, origin, space } = input;
  const custom = customSections(space);
  const numbers = new SectionNumbers(custom);
  const part = account === undefined ? undefined : accountPart(input, account, numbers);
  const sections = mergeSections([
    ...custom,
    ...contactDirectorySections(input.directories, numbers, {
      currentOnly: input.knowsDirectories,
    }),
    miscSection(input),
    section('account_creator', { url: `${origin}/api/` }),
    ...(part?.sections ?? []),
  ]);
  return { sections, names: part?.names };
}
