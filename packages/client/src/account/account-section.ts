import { Address, type AddressFormat } from '../address/address.ts';
import { readParameterText } from '../address/parameter-text.ts';
import type { ConfigStore } from '../config/config-store.ts';
import { AccountParams, type AccountSettings } from './account-params.ts';
import { readNatPolicy } from './nat-policy.ts';
import {
  type PushNotificationConfig,
  pushParameterText,
  pushUriParams,
  readPushParams,
} from './push-notification-config.ts';

type TextField =
  | 'contactParameters'
  | 'contactUriParameters'
  | 'realm'
  | 'internationalPrefix'
  | 'internationalPrefixIsoCountryCode'
  | 'refKey'
  | 'idkey'
  | 'dependsOn'
  | 'natPolicyRef';
type FlagField =
  | 'registerEnabled'
  | 'publishEnabled'
  | 'useInternationalPrefixForCallsAndChats'
  | 'dialEscapePlusEnabled'
  | 'pushNotificationAllowed'
  | 'remotePushNotificationAllowed'
  | 'forceRegisterOnPush'
  | 'unregisterAtStopEnabled';
type NumberField = 'expires' | 'publishExpires' | 'privacy';

const TEXTS: readonly (readonly [field: TextField, key: string])[] = [
  ['contactParameters', 'contact_parameters'],
  ['contactUriParameters', 'contact_uri_parameters'],
  ['realm', 'realm'],
  ['internationalPrefix', 'dial_prefix'],
  ['internationalPrefixIsoCountryCode', 'dial_prefix_iso_country_code'],
  ['refKey', 'refkey'],
  ['idkey', 'idkey'],
  ['dependsOn', 'depends_on'],
  ['natPolicyRef', 'nat_policy_ref'],
];
const FLAGS: readonly (readonly [field: FlagField, key: string])[] = [
  ['registerEnabled', 'reg_sendregister'],
  ['publishEnabled', 'publish'],
  ['useInternationalPrefixForCallsAndChats', 'use_dial_prefix_for_calls_and_chats'],
  ['dialEscapePlusEnabled', 'dial_escape_plus'],
  ['pushNotificationAllowed', 'push_notification_allowed'],
  ['remotePushNotificationAllowed', 'remote_push_notification_allowed'],
  ['forceRegisterOnPush', 'force_register_on_push'],
  ['unregisterAtStopEnabled', 'unregister_at_stop'],
];
const NUMBERS: readonly (readonly [field: NumberField, key: string])[] = [
  ['expires', 'reg_expires'],
  ['publishExpires', 'publish_expires'],
  ['privacy', 'privacy'],
];
/** Written even with their default, for the reader of the file. */
const ALWAYS = new Set(['reg_sendregister', 'reg_expires', 'publish']);
const CUSTOM = 'x-custom-property:';
const STRUCTURED = [
  'reg_identity',
  'reg_proxy',
  'reg_route',
  'custom_contact',
  'supported',
  'push_parameters',
];
const KNOWN: ReadonlySet<string> = new Set([
  ...[...TEXTS, ...FLAGS, ...NUMBERS].map(([, key]) => key),
  ...STRUCTURED,
]);
const BUILT_IN = new AccountParams();

/** Keys of a section that are not ours; they are written back (choice C23). */
export type ForeignKeys = readonly (readonly [key: string, value: string])[];

/** Reads account settings from a section; keys that are missing keep the built-in defaults. */
export function readAccountSection(config: ConfigStore, section: string): AccountParams {
  const params = new AccountParams();
  for (const [field, key] of TEXTS) params[field] = config.getString(section, key) ?? null;
  for (const [field, key] of FLAGS) params[field] = config.getBool(section, key, params[field]);
  for (const [field, key] of NUMBERS) params[field] = config.getInt(section, key, params[field]);
  const address = (key: string): Address | null => {
    const parsed = Address.parse(config.getString(section, key) ?? null);
    return parsed?.isValid === true ? parsed : null;
  };
  params.setIdentityAddress(address('reg_identity'));
  params.setServerAddr(config.getString(section, 'reg_proxy') ?? null);
  params.setRoutes(config.getList(section, 'reg_route'));
  params.customContact = address('custom_contact');
  const policy =
    params.natPolicyRef === null ? undefined : readNatPolicy(config, params.natPolicyRef);
  if (policy !== undefined) params.natPolicy = policy;
  const supported = config.getString(section, 'supported');
  if (supported !== undefined) {
    params.supportedTagsList = supported
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean);
  }
  const push =
    config.getString(section, 'push_parameters') ?? params.contactUriParameters ?? undefined;
  const pushParams = push === undefined ? undefined : readParameterText(push);
  params.pushNotificationConfig =
    pushParams === undefined ? null : (readPushParams(pushParams) ?? null);
  for (const key of config.keys(section)) {
    if (!key.startsWith(CUSTOM)) continue;
    params.addCustomParam(key.slice(CUSTOM.length), config.getString(section, key) ?? '');
  }
  return params;
}

/** The keys of a section that are not ours. */
export function readForeignKeys(config: ConfigStore, section: string): ForeignKeys {
  return config
    .keys(section)
    .filter((key) => !KNOWN.has(key) && !key.startsWith(CUSTOM))
    .map((key) => [key, config.getString(section, key) ?? ''] as const);
}

/** Writes a whole section anew; what equals the built-in default is mostly left out. */
export function writeAccountSection(
  config: ConfigStore,
  section: string,
  params: AccountSettings,
  others: {
    readonly foreign: ForeignKeys;
    /** The push configuration that counts; null: push is off. */
    readonly pushConfig: PushNotificationConfig | null;
    readonly format?: AddressFormat;
  },
): void {
  config.removeSection(section);
  const set = (key: string, value: string | null | undefined): void => {
    if (value !== null && value !== undefined && value !== '')
      config.setString(section, key, value);
  };
  const print = (address: Address | null): string => address?.asString(others.format) ?? '';
  set('reg_proxy', print(params.serverAddress));
  set('reg_route', params.routes.map(print).join(','));
  set('reg_identity', print(params.identityAddress));
  for (const [field, key] of NUMBERS) {
    if (ALWAYS.has(key) || params[field] !== BUILT_IN[field])
      config.setInt(section, key, params[field]);
  }
  for (const [field, key] of FLAGS) {
    if (ALWAYS.has(key) || params[field] !== BUILT_IN[field])
      config.setBool(section, key, params[field]);
  }
  for (const [field, key] of TEXTS) set(key, params[field]);
  set('custom_contact', print(params.customContact));
  // An empty list means something else than none, but the file cannot hold an empty value.
  const tags = params.supportedTagsList;
  set('supported', tags?.length === 0 ? ',' : tags?.join(','));
  const allowed = {
    push: params.pushNotificationAllowed,
    remotePush: params.remotePushNotificationAllowed,
  };
  if (others.pushConfig !== null && (allowed.push || allowed.remotePush)) {
    set('push_parameters', pushParameterText(pushUriParams(others.pushConfig, allowed)));
  }
  for (const [key, value] of params.customParams) set(CUSTOM + key, value);
  for (const [key, value] of others.foreign) set(key, value);
}
