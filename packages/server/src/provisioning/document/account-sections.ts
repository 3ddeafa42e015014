import type { ProvisioningSection } from '@dialtone/contract';
import type { Account } from '../../accounts/account.ts';
import type { ProvisionedAccount, ProvisionedCredentials } from './provisioned-account.ts';
import { section } from './section.ts';
import { NAT_POLICY_SECTION } from './nat-sections.ts';
import { nameAddr } from './sip-text.ts';

/** Fixed texts of an installation, `{username}` and `{domain}` replaced. */
export interface AccountUris {
  readonly conferenceFactory: string | undefined;
  readonly audioVideoConferenceFactory: string | undefined;
  readonly voicemail: string | undefined;
}

/** What the section of an account says besides the account. */
export interface ProxySettings {
  /** `reg_proxy` and `reg_route`. */
  readonly registrar: string;
  readonly uris: AccountUris;
  /** Accounts that somebody switched off on the phone are switched on again. */
  readonly switchOn: boolean;
}

/** Name by which a dependent account refers to the one of this server. */
export const ACCOUNT_IDKEY = 'dialtone_account';

const fill = (template: string | undefined, { username, domain }: Account): string | undefined =>
  template?.replaceAll('{username}', username).replaceAll('{domain}', domain);

/**
 * `[proxy_N]`: without `reg_proxy` current apps drop the account silently (provisioning-client.md
 * §5.3), so it is always there.
 */
export function proxySection(
  name: string,
  { account, credentials, turn }: ProvisionedAccount,
  { registrar, uris, switchOn }: ProxySettings,
): ProvisioningSection {
  const { username, domain, displayName } = account;
  return section(name, {
    reg_identity: nameAddr(displayName, username, domain),
    reg_proxy: registrar,
    reg_route: registrar,
    reg_sendregister: switchOn ? true : undefined,
    realm: credentials?.realm,
    idkey: ACCOUNT_IDKEY,
    nat_policy_ref: turn === undefined ? undefined : NAT_POLICY_SECTION,
    conference_factory_uri: fill(uris.conferenceFactory, account),
    audio_video_conference_factory_uri: fill(uris.audioVideoConferenceFactory, account),
    voicemail_uri: fill(uris.voicemail, account),
  });
}

/** `[auth_info_N]`: hash, realm and algorithm together, or the phone never uses it. */
export function authInfoSection(
  name: string,
  credentials: ProvisionedCredentials,
): ProvisioningSection {
  return section(name, {
    username: credentials.username,
    domain: credentials.domain,
    ha1: credentials.ha1,
    realm: credentials.realm,
    algorithm: credentials.algorithm,
  });
}
