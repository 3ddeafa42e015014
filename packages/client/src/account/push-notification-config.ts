import { NO_PARAMS, type Params } from '@dialtone/sip';
import { readParameterText } from '../address/parameter-text.ts';

/**
 * How a push server reaches this device (RFC 8599 §4.1, registration.md §1.7). A value object of
 * plain texts; tokens, team and bundle are never persisted.
 */
export class PushNotificationConfig {
  /** `fcm`, `apns`… */
  provider = '';
  param = '';
  prid = '';
  silent = '1';
  /** Seconds, as text. */
  timeout = '0';
  msgStr = 'IM_MSG';
  callStr = 'IC_MSG';
  groupChatStr = 'GC_MSG';
  callSnd = '';
  msgSnd = '';
  remotePushInterval = '';
  teamId = '';
  bundleIdentifier = '';
  voipToken = '';
  remoteToken = '';

  clone(): PushNotificationConfig {
    return Object.assign(new PushNotificationConfig(), this);
  }

  equal(other: PushNotificationConfig): boolean {
    return JSON.stringify(this) === JSON.stringify(other);
  }
}

/** How push servers name this device. */
export type PushDevice = Readonly<
  Pick<
    PushNotificationConfig,
    'provider' | 'param' | 'prid' | 'teamId' | 'bundleIdentifier' | 'voipToken' | 'remoteToken'
  >
>;

/** The part of a configuration that all accounts of a device share. */
export function pushDeviceOf(config: PushNotificationConfig): PushDevice {
  const { provider, param, prid, teamId, bundleIdentifier, voipToken, remoteToken } = config;
  return { provider, param, prid, teamId, bundleIdentifier, voipToken, remoteToken };
}

/** Which kinds of push an account accepts. */
export interface PushAllowance {
  readonly push: boolean;
  readonly remotePush: boolean;
}

/** Enough is known to be reached by every allowed kind of push. */
export function isPushAvailable(config: PushNotificationConfig, allowed: PushAllowance): boolean {
  const named = config.param !== '' || config.bundleIdentifier !== '';
  const anyAllowed = allowed.push || allowed.remotePush;
  const tokens =
    (!allowed.push || config.voipToken !== '') &&
    (!allowed.remotePush || config.remoteToken !== '');
  return named && (config.prid !== '' || (anyAllowed && tokens));
}

/** The Contact URI parameters of a push configuration, in their order. */
export function pushUriParams(config: PushNotificationConfig, allowed: PushAllowance): Params {
  const services = [
    allowed.push && config.voipToken !== '' ? 'voip' : '',
    allowed.remotePush && config.remoteToken !== '' ? 'remote' : '',
  ].filter((service) => service !== '');
  const tokens = [
    allowed.push && config.voipToken !== '' ? config.voipToken : '',
    allowed.remotePush && config.remoteToken !== '' ? config.remoteToken : '',
  ].filter((token) => token !== '');
  const param =
    config.param === ''
      ? `${config.teamId}.${config.bundleIdentifier}.${services.join('&')}`
      : config.param;
  const entries: [name: string, value: string][] = [
    ['pn-prid', config.prid === '' ? tokens.join('&') : config.prid],
    ['pn-provider', config.provider],
    ['pn-param', param],
    ['pn-silent', config.silent],
    ['pn-timeout', config.timeout],
  ];
  if (allowed.remotePush) {
    entries.push(
      ['pn-msg-str', config.msgStr],
      ['pn-call-str', config.callStr],
      ['pn-groupchat-str', config.groupChatStr],
      ['pn-call-snd', config.callSnd],
      ['pn-msg-snd', config.msgSnd],
    );
    if (config.remotePushInterval !== '') {
      entries.push(['pn-call-remote-push-interval', config.remotePushInterval]);
    }
  }
  return entries.length === 0 ? NO_PARAMS : new Map(entries.filter(([, value]) => value !== ''));
}

/** As `push_parameters=` is saved: empty values left out, each entry followed by `;`. */
export function pushParameterText(params: Params): string {
  return [...params].map(([name, value]) => `${name}=${value ?? ''};`).join('');
}

type PushField = Exclude<
  keyof PushNotificationConfig,
  'clone' | 'equal' | 'teamId' | 'bundleIdentifier' | 'voipToken' | 'remoteToken'
>;

const FIELD_OF: ReadonlyMap<string, PushField> = new Map([
  ['pn-prid', 'prid'],
  ['pn-provider', 'provider'],
  ['pn-param', 'param'],
  ['pn-silent', 'silent'],
  ['pn-timeout', 'timeout'],
  ['pn-msg-str', 'msgStr'],
  ['pn-call-str', 'callStr'],
  ['pn-groupchat-str', 'groupChatStr'],
  ['pn-call-snd', 'callSnd'],
  ['pn-msg-snd', 'msgSnd'],
  ['pn-call-remote-push-interval', 'remotePushInterval'],
]);

/** Takes `pn-*` parameters over; undefined when there is none of them. */
export function readPushParams(params: Params): PushNotificationConfig | undefined {
  let config: PushNotificationConfig | undefined;
  for (const [name, value] of params) {
    const field = FIELD_OF.get(name);
    if (field === undefined) continue;
    config ??= new PushNotificationConfig();
    config[field] = value ?? '';
  }
  return config;
}

/**
 * `a=b;c` without the parameters in `taken`, each of the rest followed by `;`, valueless ones left out
 * (registration.md §1.7); unchanged when there is none of them in it.
 */
export function withoutParams(text: string | null, taken: Params): string | null {
  const params = text === null || taken.size === 0 ? undefined : readParameterText(text);
  if (params === undefined || ![...params.keys()].some((name) => taken.has(name))) return text;
  const rest = [...params].filter(([name, value]) => !taken.has(name) && value !== null);
  return rest.length === 0 ? null : pushParameterText(new Map(rest));
}
