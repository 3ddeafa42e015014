import type { ProvisioningSection } from '@dialtone/contract';
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

/** Name by which a dependent account refers to the one of this server. */
export const ACCOUNT_IDKEY = 'dialtone_account';

const fill = (template: string | undefined, account: ProvisionedAccount): string | undefined =>
  template?.replaceAll('{username}', account.username).replaceAll('{domain}', account.domain);

/**
 * `[proxy_N]`: without `reg_proxy` current apps drop the account silently (provisioning-client.md
 * §5.3), so it is always there.
 */
export function proxySection(
  index: number,
  account: ProvisionedAccount,
  registrar: string,
  uris: AccountUris,
): ProvisioningSection {
  return section(`proxy_${index}`, {
    reg_identity: nameAddr(account.displayName, account.username, account.domain),
    reg_proxy: registrar,
    reg_route: registrar,
    reg_sendregister: true,
    realm: account.credentials?.realm,
    idkey: ACCOUNT_IDKEY,
    nat_policy_ref: account.turn === undefined ? undefined : NAT_POLICY_SECTION,
    conference_factory_uri: fill(uris.conferenceFactory, account),
    audio_video_conference_factory_uri: fill(uris.audioVideoConferenceFactory, account),
    voicemail_uri: fill(uris.voicemail, account),
  });
}

/** `[auth_info_N]`: hash, realm and algorithm together, or the phone never uses it. */
export function authInfoSection(
  index: number,
  credentials: ProvisionedCredentials,
): ProvisioningSection {
  return section(`auth_info_${index}`, {
    username: credentials.username,
    domain: credentials.domain,
    ha1: credentials.ha1,
    realm: credentials.realm,
    algorithm: credentials.algorithm,
  });
}
