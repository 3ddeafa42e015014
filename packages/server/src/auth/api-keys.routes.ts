import { apiKeySchema } from '@dialtone/contract';
import { z } from 'zod';
import { notFound } from '../errors/service-error.ts';
import { empty, json, type ReplyHeaders, text, withHeaders } from '../http/reply.ts';
import { type Route, route } from '../http/route.ts';
import type { Platform } from '../platform.ts';
import { consumeAuthToken } from '../tokens/auth-token.ts';
import { API_KEY_HEADER } from './api-key.ts';
import { issueUserKey } from './api-keys.service.ts';

type KeyPlatform = Pick<Platform, 'db' | 'clock' | 'random' | 'config'>;

/** How programs get a user key (reference §5.7, §5.8). */
export function apiKeyRoutes(platform: KeyPlatform): readonly Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/accounts/me/api_key',
      audience: 'account',
      summary: 'Replace the API key of the caller',
      tag: 'Authentication',
      description: 'The key that the account had before works no more.',
      responses: { 200: { description: 'The key, also as a cookie', contentType: 'text/html' } },
      handler: async ({ caller, ip, origin }) => {
        const key = await issueUserKey(platform, caller.accountId, ip);
        return withHeaders(text(key), keyCookie(platform, origin, key));
      },
      head: () => empty(),
    }),
    route({
      method: 'GET',
      path: '/api/accounts/me/api_key/:auth_token',
      audience: 'public',
      summary: 'Redeem an attached auth token for an API key',
      description: 'Answers 404 until a signed-in device has attached the token.',
      tag: 'Authentication',
      params: z.object({ auth_token: z.string() }),
      responses: {
        200: {
          description: 'The key, also as a cookie',
          schema: apiKeySchema,
        },
        404: { description: 'Unknown, expired or not attached token' },
      },
      rateLimit: { name: 'auth-token', limit: 60, windowSeconds: 60, by: 'ip' },
      handler: async ({ space, ip, origin }, { params }) => {
        const account = await consumeAuthToken(platform, space, params.auth_token);
        if (account === undefined) throw notFound('token.not_found');
        const key = await issueUserKey(platform, account.id, ip);
        return withHeaders(json({ api_key: key }), keyCookie(platform, origin, key));
      },
      head: () => empty(),
    }),
  ];
}

/** Kept for clients that read the key from the cookie jar; it does not authenticate by itself. */
function keyCookie({ config }: KeyPlatform, origin: string, key: string): ReplyHeaders {
  const minutes = config.expiry.apiKeyMinutes;
  const secure = origin.startsWith('https:') ? '; secure' : '';
  const life = minutes === 0 ? '' : `Max-Age=${minutes * 60}; `;
  return { 'set-cookie': `${API_KEY_HEADER}=${key}; ${life}path=/; httponly${secure}` };
}
