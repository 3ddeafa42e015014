import { type CreatedSpaceJson, jsonDateOrNull, type SpaceJson } from '@dialtone/contract';
import type { Db } from '../db/database.ts';
import { carddavServerJson } from './carddav/carddav-json.ts';
import { selectCarddavServers } from './carddav/carddav-server.repository.ts';
import { emailServerJson, selectEmailServers } from './email-server/email-server.repository.ts';
import type { Space } from './space.ts';

/** Colour of the panel where no other was chosen, in degrees. */
export const DEFAULT_THEME_HUE = 22;

/** The public objects of spaces, with what hangs below them (flexiapi-core.md §2.3). */
export async function presentSpaces(db: Db, spaces: readonly Space[]): Promise<SpaceJson[]> {
  const ids = spaces.map(({ id }) => id);
  const emailServers = Map.groupBy(await selectEmailServers(db, ids), (row) => row.space_id);
  const directories = Map.groupBy(await selectCarddavServers(db, ids), (server) => server.spaceId);
  return spaces.map((space) => {
    const [emailServer] = emailServers.get(space.id) ?? [];
    return {
      ...createdSpaceJson(space),
      // The password is shown where it is set, not with every space.
      email_server:
        emailServer === undefined ? null : { ...emailServerJson(emailServer), password: null },
      carddav_servers: (directories.get(space.id) ?? []).map((server) => carddavServerJson(server)),
      digest_authentication_configuration:
        space.digest === undefined
          ? null
          : {
              realm: space.digest.realm,
              default_password_algorithm: space.digest.defaultPasswordAlgorithm,
            },
      oidc_authentication_configuration: oidcJson(space.oidc),
    };
  });
}

/** The public object of one space. */
export async function presentSpace(db: Db, space: Space): Promise<SpaceJson> {
  const [presented] = await presentSpaces(db, [space]);
  if (presented === undefined) throw new Error('one space makes one object');
  return presented;
}

/** A space without what hangs below it: how creation answers. */
export function createdSpaceJson(space: Space): CreatedSpaceJson {
  const { switches } = space;
  return {
    domain: space.domain,
    super: switches.super,
    created_at: jsonDateOrNull(space.createdAt),
    updated_at: jsonDateOrNull(space.updatedAt),
    disable_chat_feature: switches.disable_chat_feature,
    disable_meetings_feature: switches.disable_meetings_feature,
    disable_broadcast_feature: switches.disable_broadcast_feature,
    max_account: space.maxAccount,
    hide_settings: switches.hide_settings,
    hide_account_settings: switches.hide_account_settings,
    disable_call_recordings_feature: switches.disable_call_recordings_feature,
    only_display_sip_uri_username: switches.only_display_sip_uri_username,
    assistant_hide_create_account: switches.assistant_hide_create_account,
    assistant_disable_qr_code: switches.assistant_disable_qr_code,
    assistant_hide_third_party_account: switches.assistant_hide_third_party_account,
    host: space.host,
    max_accounts: space.maxAccounts,
    expire_at: jsonDateOrNull(space.expireAt),
    copyright_text: space.copyrightText ?? null,
    intro_registration_text: space.introRegistrationText ?? null,
    newsletter_registration_address: space.newsletterRegistrationAddress ?? null,
    account_proxy_registrar_address: space.accountProxyRegistrarAddress ?? null,
    custom_provisioning_entries: space.customProvisioningEntries ?? null,
    custom_provisioning_overwrite_all: switches.custom_provisioning_overwrite_all,
    web_panel: switches.web_panel,
    public_registration: switches.public_registration,
    phone_registration: switches.phone_registration,
    intercom_features: switches.intercom_features,
    name: space.name,
    carddav_user_credentials: switches.carddav_user_credentials,
    theme_hue: space.themeHue ?? DEFAULT_THEME_HUE,
    logo: space.logo ?? null,
    unique_email: switches.unique_email,
    client_certificate_authentication: switches.client_certificate_authentication,
  };
}

function oidcJson(oidc: Space['oidc']): SpaceJson['oidc_authentication_configuration'] {
  if (oidc === undefined) return null;
  return {
    server_url: oidc.serverUrl,
    realm: oidc.realm,
    sip_identifier: oidc.sipIdentifier,
    public_key: oidc.publicKey ?? null,
    client_id: oidc.clientId ?? null,
    auto_provisioning: oidc.autoProvisioning,
    role_provisioning: oidc.roleProvisioning ?? null,
  };
}
