import { createRemoteJWKSet, type JWTPayload, jwtVerify, type JWTVerifyOptions } from 'jose';
import { z } from 'zod';
import type { Platform } from '../../platform.ts';
import type { OidcConfiguration } from '../../spaces/space.ts';
import { endpoint, issuerOf } from '../../spaces/oidc-endpoints.ts';
import type { LoginAttempt } from './provider.ts';

const timeoutMs = 10_000;
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
];

const tokensSchema = z.object({ access_token: z.string(), id_token: z.string() });
const userInfoSchema = z.looseObject({
  sub: z.string(),
  email: z.string().nullish(),
  email_verified: z.boolean().nullish(),
});
const rolesSchema = z.object({ realm_access: z.object({ roles: z.array(z.string()) }) });

/** What the provider says about who has signed in. */
export interface Profile {
  /** Undefined when there is none, or when the provider says that it is not verified. */
  readonly email: string | undefined;
  /** Realm roles. */
  readonly roles: readonly string[];
}

/** The provider did not answer as it should; the log says how, the user may try again. */
export class OidcError extends Error {
  override readonly name = 'OidcError';
  readonly code = 'oidc-failed';
}

/**
 * Exchanges the code that a browser brought back for tokens and reads who it is.
 * @throws OidcError
 */
export async function fetchProfile(
  platform: Pick<Platform, 'clock'>,
  oidc: OidcConfiguration,
  redirectUri: string,
  code: string,
  attempt: LoginAttempt,
): Promise<Profile> {
  try {
    const tokens = await exchangeCode(oidc, redirectUri, code, attempt);
    const verify = verifier(platform, oidc);
    const identity = await verify(tokens.id_token, { audience: oidc.clientId ?? '' });
    if (identity['nonce'] !== attempt.nonce) throw new OidcError('the nonce is another one');
    const access = await verify(tokens.access_token);
    const info = await fetchUserInfo(oidc, tokens.access_token);
    if (info.sub !== identity.sub) throw new OidcError('the user info is of another subject');
    return {
      email: info.email_verified === false ? undefined : (info.email ?? undefined),
      roles: rolesSchema.safeParse(access).data?.realm_access.roles ?? [],
    };
  } catch (error) {
    if (error instanceof OidcError) throw error;
    throw new OidcError('the provider could not be asked', { cause: error });
  }
}

async function exchangeCode(
  oidc: OidcConfiguration,
  redirectUri: string,
  code: string,
  { verifier }: LoginAttempt,
): Promise<z.infer<typeof tokensSchema>> {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    client_id: oidc.clientId ?? '',
    code_verifier: verifier,
    ...(oidc.clientSecret === undefined ? {} : { client_secret: oidc.clientSecret }),
  });
  const signal = AbortSignal.timeout(timeoutMs);
  const reply = await fetch(endpoint(oidc, 'token'), { method: 'POST', body, signal });
  if (!reply.ok) throw new OidcError(`the token endpoint answered ${reply.status}`);
  return tokensSchema.parse(await reply.json());
}

async function fetchUserInfo(
  oidc: OidcConfiguration,
  accessToken: string,
): Promise<z.infer<typeof userInfoSchema>> {
  const reply = await fetch(endpoint(oidc, 'userinfo'), {
    headers: { authorization: `Bearer ${accessToken}` },
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!reply.ok) throw new OidcError(`the user info endpoint answered ${reply.status}`);
  return userInfoSchema.parse(await reply.json());
}

type Verify = (token: string, options?: JWTVerifyOptions) => Promise<JWTPayload>;

/** The keys are fetched for each login: it happens seldom, and a changed key works at once. */
function verifier({ clock }: Pick<Platform, 'clock'>, oidc: OidcConfiguration): Verify {
  const keys = createRemoteJWKSet(new URL(endpoint(oidc, 'certs')), {
    timeoutDuration: timeoutMs,
  });
  return async (token, options = {}) => {
    const { payload } = await jwtVerify(token, keys, {
      issuer: issuerOf(oidc),
      algorithms,
      currentDate: new Date(clock.now()),
      ...options,
    });
    return payload;
  };
}
