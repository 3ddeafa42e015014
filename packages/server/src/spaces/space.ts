import type { PasswordAlgorithm, SpaceSwitch } from '@dialtone/contract';

/** How SIP passwords of a space are stored. */
export interface DigestConfiguration {
  readonly realm: string;
  /** Algorithm of new passwords. */
  readonly defaultPasswordAlgorithm: PasswordAlgorithm;
}

/** The OpenID Connect provider whose tokens a space accepts. */
export interface OidcConfiguration {
  /** Base URL, ends with `/`. */
  readonly serverUrl: string;
  readonly realm: string;
  /** Name of the claim that holds the SIP identity. */
  readonly sipIdentifier: string;
  /** PEM; without it, the keys that the provider publishes verify tokens. */
  readonly publicKey: string | undefined;
  readonly clientId: string | undefined;
  readonly clientSecret: string | undefined;
  /** Create unknown users at their first web login. */
  readonly autoProvisioning: boolean;
  /** Realm role that auto-provisioning demands. */
  readonly roleProvisioning: string | undefined;
}

/** What an administrator may set; the rest of a space identifies it. */
export interface SpaceSettings {
  /** Display name, unique. */
  readonly name: string;
  /** HTTP host that serves the space, unique, lower case. */
  readonly host: string;
  /** Keyed by public name, which is also the column and, for many, the provisioning entry. */
  readonly switches: Readonly<Record<SpaceSwitch, boolean>>;
  /** Accounts that one app may hold; 0 = no limit. */
  readonly maxAccount: number;
  /** Accounts that may be created in the space; 0 or less = no limit. */
  readonly maxAccounts: number;
  /** Midnight UTC (ms) of the day from which the space no longer answers. */
  readonly expireAt: number | undefined;
  readonly copyrightText: string | undefined;
  /** Markdown, shown on the login page. */
  readonly introRegistrationText: string | undefined;
  readonly newsletterRegistrationAddress: string | undefined;
  /** Shown only; never provisioned. */
  readonly accountProxyRegistrarAddress: string | undefined;
  /** INI text merged into provisioning documents. */
  readonly customProvisioningEntries: string | undefined;
  /** 0 to 360. */
  readonly themeHue: number | undefined;
}

/** Ways into a space beside the API; FAM 2.1 has no columns for them. */
export interface SpaceDoors {
  /** Provisioning URLs ask for `x-linphone-provisioning`, which Linphone 5.1 and older do not send. */
  readonly provisioningHeaderRequired: boolean;
  /** The XML-RPC endpoint answers. */
  readonly xmlrpc: boolean;
}

/** A tenant: one SIP domain, served by one HTTP host. */
export interface Space extends SpaceSettings {
  readonly id: number;
  /** SIP domain of its accounts; never changes. */
  readonly domain: string;
  /** File name of the logo. */
  readonly logo: string | undefined;
  readonly createdAt: number | undefined;
  readonly updatedAt: number | undefined;
  readonly doors: SpaceDoors;
  /** Absent when the space has no SIP passwords. */
  readonly digest: DigestConfiguration | undefined;
  readonly oidc: OidcConfiguration | undefined;
}

/** Settings of a space nobody has touched. */
export const defaultSpaceSettings = {
  switches: {
    super: false,
    disable_chat_feature: false,
    disable_meetings_feature: false,
    disable_broadcast_feature: true,
    hide_settings: false,
    hide_account_settings: false,
    disable_call_recordings_feature: false,
    only_display_sip_uri_username: false,
    assistant_hide_create_account: false,
    assistant_disable_qr_code: false,
    assistant_hide_third_party_account: false,
    custom_provisioning_overwrite_all: false,
    web_panel: true,
    public_registration: true,
    phone_registration: true,
    intercom_features: false,
    carddav_user_credentials: false,
    unique_email: true,
    client_certificate_authentication: false,
  },
  maxAccount: 0,
  maxAccounts: 0,
  expireAt: undefined,
  copyrightText: undefined,
  introRegistrationText: undefined,
  newsletterRegistrationAddress: undefined,
  accountProxyRegistrarAddress: undefined,
  customProvisioningEntries: undefined,
  themeHue: undefined,
} as const satisfies Omit<SpaceSettings, 'name' | 'host'>;

/** The realm in which accounts of the space prove their passwords: the configured one, else the domain. */
export function realmOf(space: Pick<Space, 'domain' | 'digest'>): string {
  return space.digest?.realm ?? space.domain;
}

/** Whether the space has stopped answering: from 00:00 UTC of its expiry day (flexiapi-core.md §3.2). */
export function isExpired(space: Pick<Space, 'expireAt'>, now: number): boolean {
  return space.expireAt !== undefined && space.expireAt <= now;
}
