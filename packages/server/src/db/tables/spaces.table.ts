import type { Generated } from 'kysely';
import type { DbDate, Flag } from '../column-types.ts';

/** One row per SIP domain served. The HTTP `Host` of a request selects the space. */
export interface SpacesTable {
  id: Generated<number>;
  /** SIP domain, lower case host name; cannot be changed by the API. */
  domain: string;
  /** Admins of this space are super admins. */
  super: Generated<Flag>;
  created_at: DbDate | null;
  updated_at: DbDate | null;
  /** Sent to the client in the `ui` provisioning section. */
  disable_chat_feature: Generated<Flag>;
  disable_meetings_feature: Generated<Flag>;
  /** Same (on by default). */
  disable_broadcast_feature: Generated<Flag>;
  /** Same; maximum number of accounts in one client, 0 = no limit. */
  max_account: Generated<number>;
  hide_settings: Generated<Flag>;
  hide_account_settings: Generated<Flag>;
  disable_call_recordings_feature: Generated<Flag>;
  only_display_sip_uri_username: Generated<Flag>;
  assistant_hide_create_account: Generated<Flag>;
  assistant_disable_qr_code: Generated<Flag>;
  assistant_hide_third_party_account: Generated<Flag>;
  /** HTTP host name; must end with the configured root host to be served (checked at each request with 503, not when the API or the console writes it). */
  host: string;
  /** Maximum number of accounts of the space, 0 = unlimited. */
  max_accounts: Generated<number>;
  /** The space stops answering from 00:00 UTC of that day (403 for JSON, 490 for HTML). */
  expire_at: DbDate | null;
  /** Free text of the operator. */
  copyright_text: string | null;
  /** Markdown shown on the login page. */
  intro_registration_text: string | null;
  /** Receives a mail when someone subscribes at registration. */
  newsletter_registration_address: string | null;
  /** Informative only. */
  account_proxy_registrar_address: string | null;
  /** INI text merged in provisioning. */
  custom_provisioning_entries: string | null;
  /** Adds `overwrite="true"` to every provisioning entry. */
  custom_provisioning_overwrite_all: Generated<Flag>;
  /** When off every panel page redirects to `/about`. */
  web_panel: Generated<Flag>;
  /** Web self-registration allowed. */
  public_registration: Generated<Flag>;
  /** Phone number features allowed in the panel. */
  phone_registration: Generated<Flag>;
  /** Account types, actions and DTMF protocol shown in the panel. */
  intercom_features: Generated<Flag>;
  /** Display name. */
  name: string;
  /** E-mail addresses must be unique inside the space. */
  unique_email: Generated<Flag>;
  /** Enables the account CardDAV credentials. */
  carddav_user_credentials: Generated<Flag>;
  /** 0-360; NULL reads as 22. */
  theme_hue: number | null;
  /** PNG file name, served at `/storage/img/{name}`. */
  logo: string | null;
  /** MTLS allowed for provisioning. */
  client_certificate_authentication: Generated<Flag>;
}
