import { createHmac } from 'node:crypto';
import { notFound } from '../errors/service-error.ts';
import type { Platform } from '../platform.ts';

/** Short-lived credentials for a TURN server (draft-uberti-behave-turn-rest-00). */
export interface TurnCredentials {
  /** `{end of life in Unix seconds}:{random}`. */
  readonly username: string;
  /** Base64 of HMAC-SHA1 of the username under the secret shared with the server. */
  readonly password: string;
  /** Seconds. */
  readonly ttl: number;
  readonly uris: readonly string[];
}

/** @throws ServiceError `service.not_configured` */
export function createTurnCredentials(
  platform: Pick<Platform, 'clock' | 'random' | 'config'>,
): TurnCredentials {
  const { host, secret, ttlMinutes } = platform.config.turn;
  if (host === undefined || secret === undefined || ttlMinutes <= 0) {
    throw notFound('service.not_configured');
  }
  const ttl = ttlMinutes * 60;
  const end = Math.floor(platform.clock.now() / 1000) + ttl;
  const username = `${end}:${platform.random.token(16)}`;
  const password = createHmac('sha1', secret).update(username).digest('base64');
  return { username, password, ttl, uris: [`turn:${host}`] };
}
