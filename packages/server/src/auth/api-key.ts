import type { Platform } from '../platform.ts';
import { fromDbDate } from '../db/dates.ts';
import type { AuthenticatedContext } from '../http/request-context.ts';
import type { Authenticator } from './admission.ts';
import { type ApiKeyRow, selectApiKey } from './api-key.repository.ts';
import { refuse } from './authentication-refused.ts';
import { callerFromRow } from './caller.repository.ts';
import type { KeyUsage } from './key-usage.ts';

type ApiKeyPlatform = Pick<Platform, 'db' | 'clock' | 'config'>;

/** The header field that carries an API key (reference §4.2). */
export const API_KEY_HEADER = 'x-api-key';

/**
 * Accepts the `x-api-key` header: the key must exist, be within its time, and come from the address
 * it is bound to, if any.
 */
export function apiKeyAuthenticator(platform: ApiKeyPlatform, usage: KeyUsage): Authenticator {
  return async (context) => {
    const key = context.header(API_KEY_HEADER);
    if (key === undefined) return undefined;
    const stored = await selectApiKey(platform.db, key);
    if (
      stored === undefined ||
      (stored.boundIp !== null && stored.boundIp !== context.ip) ||
      isExpired(platform, stored, usage.lastUsedAt(stored.keyId))
    ) {
      throw refuse('Invalid API key');
    }
    usage.record(stored.keyId);
    return { caller: callerFromRow(stored, 'api-key'), headers: {} };
  };
}

/** The API key by which a request was admitted. */
export function keyInUse(context: AuthenticatedContext): string | undefined {
  return context.caller.method === 'api-key' ? context.header(API_KEY_HEADER) : undefined;
}

/** Unused for longer than its own delay, or for user keys (no delay) the configured one; 0 = never. */
function isExpired(
  { clock, config }: ApiKeyPlatform,
  key: ApiKeyRow,
  unstoredUse: number | undefined,
): boolean {
  const minutes = key.expiresAfterMinutes ?? config.expiry.apiKeyMinutes;
  const lastUse = unstoredUse ?? fromDbDate(key.lastUsedAt);
  return minutes > 0 && lastUse + minutes * 60_000 < clock.now();
}
