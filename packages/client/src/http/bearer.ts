import type { BearerCredentials, RefreshedTokens } from './credentials.ts';

/** Sends a form to a token endpoint; undefined when there was no answer. */
export type PostForm = (
  url: string,
  form: URLSearchParams,
) => Promise<{ readonly status: number; readonly text: string } | undefined>;

/** RFC 6749 §5.2: an invalid grant or client; anything else is trouble that may pass. */
const REFUSALS: ReadonlySet<number> = new Set([400, 401, 403]);

/** Whether a token can be sent: it exists and is not known to be over. */
export function usableAccessToken(
  credentials: BearerCredentials,
  nowMs: number,
): string | undefined {
  const { accessToken } = credentials;
  if (accessToken === undefined) return undefined;
  const expired = accessToken.expiresAt !== 0 && accessToken.expiresAt * 1000 <= nowMs;
  return expired ? undefined : accessToken.token;
}

/**
 * Redeems a refresh token (RFC 6749 §6) at the endpoint its owner names; never at one named by a
 * challenge, which would hand the token to whoever sends challenges.
 *
 * @returns undefined when there is nothing to redeem, or it was refused: asking again would not help.
 *   `'unavailable'`: no usable answer this time.
 */
export async function refreshTokens(
  credentials: BearerCredentials,
  nowMs: number,
  post: PostForm,
): Promise<RefreshedTokens | 'unavailable' | undefined> {
  const { refreshToken, clientId, clientSecret } = credentials;
  const endpoint = tokenEndpoint(credentials);
  if (refreshToken === undefined || endpoint === undefined) return undefined;
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: refreshToken.token,
  });
  if (clientId !== undefined) form.set('client_id', clientId);
  if (clientSecret !== undefined) form.set('client_secret', clientSecret);
  const response = await post(endpoint, form);
  if (response?.status === 200) return readTokens(response.text, nowMs) ?? 'unavailable';
  return response !== undefined && REFUSALS.has(response.status) ? undefined : 'unavailable';
}

function tokenEndpoint(credentials: BearerCredentials): string | undefined {
  if (credentials.tokenEndpoint !== undefined) return credentials.tokenEndpoint;
  const server = credentials.authorizationServer;
  return server === undefined ? undefined : `${server.replace(/\/$/, '')}/token`;
}

function readTokens(text: string, nowMs: number): RefreshedTokens | undefined {
  const answer = parseObject(text);
  const access = answer['access_token'];
  if (typeof access !== 'string' || access === '') return undefined;
  const lifetime = answer['expires_in'];
  const expiresAt = typeof lifetime === 'number' ? Math.floor(nowMs / 1000) + lifetime : 0;
  const refresh = answer['refresh_token'];
  return {
    accessToken: { token: access, expiresAt },
    refreshToken: typeof refresh === 'string' ? { token: refresh, expiresAt: 0 } : undefined,
  };
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
