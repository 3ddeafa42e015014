import type { ConfigStore } from '../config/config-store.ts';
import { AuthInfo, type BearerToken } from './auth-info.ts';

const SECTION = 'auth_info_';

type TextField =
  | 'username'
  | 'userid'
  | 'ha1'
  | 'realm'
  | 'domain'
  | 'algorithm'
  | 'tlsCertPath'
  | 'tlsKeyPath'
  | 'tlsKeyPassword'
  | 'authorizationServer'
  | 'tokenEndpoint'
  | 'clientId'
  | 'clientSecret';

/** Order matters when reading: a ha1 must come after what it was computed from. */
const TEXT_KEYS: readonly (readonly [key: string, field: TextField])[] = [
  ['username', 'username'],
  ['userid', 'userid'],
  ['realm', 'realm'],
  ['domain', 'domain'],
  ['algorithm', 'algorithm'],
  ['ha1', 'ha1'],
  ['client_cert_chain', 'tlsCertPath'],
  ['client_cert_key', 'tlsKeyPath'],
  // What liblinphone reads; what it writes, the next one, wins.
  ['client_cert_key_passsword', 'tlsKeyPassword'],
  ['client_cert_key_password', 'tlsKeyPassword'],
  ['authorization_server', 'authorizationServer'],
  ['token_endpoint', 'tokenEndpoint'],
  ['client_id', 'clientId'],
  ['client_secret', 'clientSecret'],
];
const READ_ONLY_KEYS = new Set(['client_cert_key_passsword']);

/** Reads `[auth_info_<index>]`; undefined when there is no such section (registration.md §1.6). */
export function readAuthInfo(config: ConfigStore, index: number): AuthInfo | undefined {
  const section = `${SECTION}${index}`;
  if (!config.hasSection(section)) return undefined;
  const info = new AuthInfo({ password: config.getString(section, 'passwd') ?? null });
  for (const [key, field] of TEXT_KEYS) {
    const value = config.getString(section, key);
    if (value !== undefined) info[field] = value;
  }
  for (const name of (config.getString(section, 'available_algorithms') ?? '').split(',')) {
    info.addAvailableAlgorithm(name.trim());
  }
  info.accessToken = readToken(config.getString(section, 'access_token'));
  info.refreshToken = readToken(config.getString(section, 'refresh_token'));
  return info;
}

/** Replaces `[auth_info_<index>]`; undefined removes it. */
export function writeAuthInfo(
  config: ConfigStore,
  index: number,
  info: AuthInfo | undefined,
): void {
  const section = `${SECTION}${index}`;
  config.removeSection(section);
  if (info === undefined) return;
  const set = (key: string, value: string | null): void => {
    if (value !== null && value !== '') config.setString(section, key, value);
  };
  for (const [key, field] of TEXT_KEYS) if (!READ_ONLY_KEYS.has(key)) set(key, info[field]);
  set('passwd', info.password);
  set('available_algorithms', info.availableAlgorithms.join(','));
  set('access_token', writeToken(info.accessToken));
  set('refresh_token', writeToken(info.refreshToken));
}

/** `<token> <expiry-unix-seconds>`. */
function readToken(text: string | undefined): BearerToken | null {
  const [token, expiresAt] = (text ?? '').split(' ');
  return token === undefined || token === ''
    ? null
    : { token, expiresAt: Number.parseInt(expiresAt ?? '0', 10) || 0 };
}

function writeToken(token: BearerToken | null): string | null {
  return token === null ? null : `${token.token} ${token.expiresAt}`;
}
