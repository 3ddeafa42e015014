import type { ProvisioningSection } from '@dialtone/contract';
import type { Space } from '../../spaces/space.ts';
import { section } from './section.ts';

/** `[ui]`: what the apps show, from the account's own space (provisioning-client.md §5.8). */
export function uiSection({ switches, maxAccount }: Space): ProvisioningSection {
  return section('ui', {
    super: switches.super,
    disable_chat_feature: switches.disable_chat_feature,
    disable_meetings_feature: switches.disable_meetings_feature,
    disable_broadcast_feature: switches.disable_broadcast_feature,
    hide_settings: switches.hide_settings,
    hide_account_settings: switches.hide_account_settings,
    disable_call_recordings_feature: switches.disable_call_recordings_feature,
    only_display_sip_uri_username: switches.only_display_sip_uri_username,
    assistant_hide_create_account: switches.assistant_hide_create_account,
    assistant_disable_qr_code: switches.assistant_disable_qr_code,
    assistant_hide_third_party_account: switches.assistant_hide_third_party_account,
    max_account: maxAccount,
  });
}
