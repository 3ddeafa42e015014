import { type RegistrationSettings, sanitizeRefreshWindow } from '@dialtone/sip';
import type { AddressFormat } from '../address/address.ts';
import type { ConfigStore } from '../config/config-store.ts';

/** Whoever takes these settings for seconds must not flood a server. */
const MIN_RETRY_MS = 100;
const MIN_KEEP_ALIVE_MS = 1000;
const DEFAULT_SUPPORTED = 'replaces, outbound, gruu, path';

/** Reads `[sip]` and its neighbours whenever a value is needed (registration.md §1.6). */
export class SipSettings implements RegistrationSettings {
  readonly #config: ConfigStore;
  /** Of the last look: one text for the requests of all accounts. */
  #supported: { readonly configured: string; readonly sent: string } | undefined;

  constructor(config: ConfigStore) {
    this.#config = config;
  }

  get retryAfterMs(): number {
    const ms = this.#config.getInt('sip', 'refresher_retry_after', 60_000);
    return Math.max(MIN_RETRY_MS, ms);
  }

  /** `[sip] refresher_back_off=1`: RFC 5626 §4.5 with `refresher_retry_after` as base. */
  get retryPattern(): RegistrationSettings['retryPattern'] {
    return this.#config.getBool('sip', 'refresher_back_off', false)
      ? { kind: 'back-off', baseMs: this.retryAfterMs, maxMs: 1_800_000 }
      : { kind: 'constant' };
  }

  get refreshWindow(): { readonly min: number; readonly max: number } {
    const { min, max, valid } = this.#config.getRange('sip', 'refresh_window', 90, 90);
    return sanitizeRefreshWindow(valid ? { min, max } : { min: 90, max: 90 });
  }

  set refreshWindow(window: { readonly min: number; readonly max: number }) {
    const { min, max } = sanitizeRefreshWindow(window);
    this.#config.setRange('sip', 'refresh_window', min, max);
  }

  get natHelper(): boolean {
    return this.#config.getBool('net', 'enable_nat_helper', true);
  }

  get digestPolicy(): { readonly allowMd5: boolean; readonly allowNoQop: boolean } {
    const section = 'digest_authentication_policy';
    return {
      allowMd5: this.#config.getBool(section, 'allow_md5', true),
      allowNoQop: this.#config.getBool(section, 'allow_no_qop', true),
    };
  }

  set digestPolicy(policy: { readonly allowMd5: boolean; readonly allowNoQop: boolean }) {
    const section = 'digest_authentication_policy';
    this.#config.setBool(section, 'allow_md5', policy.allowMd5);
    this.#config.setBool(section, 'allow_no_qop', policy.allowNoQop);
  }

  get registerOnlyWhenNetworkIsUp(): boolean {
    return this.#config.getBool('sip', 'register_only_when_network_is_up', true);
  }

  /** As sent; empty: no header. */
  get supported(): string {
    const configured = this.#configuredTags;
    if (this.#supported?.configured !== configured) {
      this.#supported = { configured, sent: readTags(configured).join(', ') };
    }
    return this.#supported.sent;
  }

  get supportedTags(): readonly string[] {
    return readTags(this.#configuredTags);
  }

  get #configuredTags(): string {
    return this.#config.getString('sip', 'supported', DEFAULT_SUPPORTED);
  }

  set supportedTags(tags: readonly string[]) {
    // The file cannot hold an empty value, which would bring the default back.
    this.#config.setString('sip', 'supported', tags.length === 0 ? ',' : tags.join(', '));
  }

  get sendDate(): boolean {
    return this.#config.getBool('sip', 'put_date', false);
  }

  get linphoneSpecs(): string {
    return this.#config.getString('sip', 'linphone_specs', '');
  }

  get channelIsolation(): boolean {
    return this.#config.getBool('sip', 'accounts_channel_isolation', false);
  }

  /** Milliseconds; 0: none. */
  get keepAlivePeriodMs(): number {
    const ms = this.#config.getInt('sip', 'keepalive_period', 30_000);
    return ms <= 0 ? 0 : Math.max(MIN_KEEP_ALIVE_MS, ms);
  }

  /** `tcp_tls_keepalive`: streams are kept alive as well as UDP. */
  get keepStreamsAlive(): boolean {
    return this.#config.getBool('sip', 'tcp_tls_keepalive', true);
  }

  /** `unregister_previous_contact`: what a lost network left registered is withdrawn afterwards. */
  get unregisterPreviousContact(): boolean {
    return this.#config.getBool('sip', 'unregister_previous_contact', false);
  }

  /** `force_name_addr`. */
  get addressFormat(): AddressFormat {
    return { forceNameAddr: this.#config.getBool('sip', 'force_name_addr', false) };
  }

  get pongAfterFirst(): boolean {
    return this.#config.getBool('sip', 'ping_pong_verification', true);
  }

  get monitorNetwork(): boolean {
    return this.#config.getBool('sip', 'auto_net_state_mon', true);
  }

  get saveAuthInfo(): boolean {
    return this.#config.getBool('sip', 'save_auth_info', true);
  }

  get storeAuthInfo(): boolean {
    return this.#config.getBool('sip', 'store_auth_info', true);
  }

  get storeHa1(): boolean {
    return this.#config.getBool('sip', 'store_ha1_passwd', true);
  }

  get unreliableConnectionTimeoutMs(): number {
    return 1000 * this.#config.getInt('sip', 'unreliable_connection_timeout', 120);
  }
}

function readTags(text: string): readonly string[] {
  return text
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}
