import { APPS, boolean, integer, keysOf, list, text, url, choice } from './declare-keys.ts';

/** Keys of the apps (provisioning-client.md §5.8); the SDK only keeps them. */
export const appKeys = [
  ...keysOf('ui', APPS, {
    disable_chat_feature: boolean('Hides chats.', '0'),
    disable_meetings_feature: boolean('Hides meetings.', '0'),
    disable_broadcast_feature: boolean('Hides broadcasts.', '1', ['Android', 'Desktop']),
    disable_call_recordings_feature: boolean('Hides call recording.', '0'),
    hide_settings: boolean('Hides the settings; iOS reads it without effect.', '0', [
      'Android',
      'Desktop',
    ]),
    hide_account_settings: boolean('Hides those of accounts.', '0', ['Android', 'Desktop']),
    only_display_sip_uri_username: boolean('Shows users without domain.', '0', ['Android']),
    assistant_hide_create_account: boolean('Hides account creation.', '0', ['Android', 'Desktop']),
    assistant_disable_qr_code: boolean('Hides the QR code scanner.', '0', ['Android']),
    assistant_hide_third_party_account: boolean('Hides accounts of other providers.', '0', [
      'Android',
      'Desktop',
    ]),
    max_account: integer('Accounts that one app may hold; 0 for any number.', '0', [
      'Android',
      'Desktop',
    ]),
    super: boolean('Tells that the space manages others; no app reads it.', '0', []),
    hide_sip_addresses: boolean('Hides SIP addresses.'),
    hide_phone_numbers: boolean('Hides phone numbers.', undefined, ['Android']),
    theme_main_color: text('Colour of the app, such as `orange` or `blue`.'),
    theme_about_picture_url: url('Picture on the about page.', undefined, ['iOS', 'Desktop']),
    dark_mode_allowed: boolean('Whether the dark mode can be chosen.', undefined, [
      'Android',
      'iOS',
    ]),
    change_main_color_allowed: boolean('Whether the colour can be.', undefined, ['Android', 'iOS']),
    enable_secure_mode: boolean('Keeps the screen out of screenshots.', undefined, [
      'Android',
      'iOS',
    ]),
    assistant_go_directly_to_third_party_sip_account_login: boolean(
      'Starts with accounts of other providers.',
      undefined,
      ['Android', 'Desktop'],
    ),
    assistant_third_party_sip_account_domain: text('Domain proposed there.', undefined, [
      'Android',
      'Desktop',
    ]),
    assistant_third_party_sip_account_transport: choice('udp', 'tcp', 'tls')(
      'Transport proposed there.',
      undefined,
      ['Android', 'Desktop'],
    ),
    contacts_filter: text('Domain whose contacts alone are shown.', undefined, ['Android', 'iOS']),
    show_past_meetings: boolean('Whether past meetings are shown.'),
  }),
  ...keysOf('app', APPS, {
    default_domain: text('Domain proposed at login.'),
    push_notification_domains: list('Domains whose accounts get pushes.', undefined, ['Android']),
    oidc_client_id: text('Client id at OpenID Connect providers.'),
    record_aware: boolean('Whether the other side is told about recording.'),
    auto_apply_provisioning_config_uri_handler: boolean(
      'Applies provisioning links unasked.',
      '1',
      ['iOS'],
    ),
  }),
];
