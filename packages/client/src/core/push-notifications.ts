import { NO_PARAMS, type Params } from '@dialtone/sip';
import type { AccountSettings } from '../account/account-params.ts';
import {
  isPushAvailable,
  type PushDevice,
  pushDeviceOf,
  PushNotificationConfig,
  pushUriParams,
} from '../account/push-notification-config.ts';

/** Push notifications of a core: the switch and what accounts without a configuration of their own use. */
export class PushNotifications {
  enabled: boolean;
  readonly config = new PushNotificationConfig();

  constructor(enabled: boolean) {
    this.enabled = enabled;
  }

  /** As far as the application has described this device: newer than anything that was saved. */
  get knownDevice(): Partial<PushDevice> {
    const fields = Object.entries(pushDeviceOf(this.config));
    return Object.fromEntries(fields.filter(([, value]) => value !== ''));
  }

  /** The configuration that counts for an account. */
  configOf(settings: AccountSettings): PushNotificationConfig {
    return settings.pushNotificationConfig ?? this.config;
  }

  isAvailable(settings: AccountSettings): boolean {
    return isPushAvailable(this.configOf(settings), allowance(settings));
  }

  /** What to put on the Contact URI of an account; nothing unless push is enabled, allowed and available. */
  uriParams(settings: AccountSettings): Params {
    const allowed = allowance(settings);
    const used = this.enabled && (allowed.push || allowed.remotePush) && this.isAvailable(settings);
    return used ? pushUriParams(this.configOf(settings), allowed) : NO_PARAMS;
  }
}

function allowance(settings: AccountSettings): { push: boolean; remotePush: boolean } {
  return {
    push: settings.pushNotificationAllowed,
    remotePush: settings.remotePushNotificationAllowed,
  };
}
