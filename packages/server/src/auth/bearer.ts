import { errors, type JWTPayload, jwtVerify, type JWTVerifyOptions } from 'jose';
import { forbidden } from '../errors/service-error.ts';
import type { Platform } from '../platform.ts';
import { issuerOf } from '../spaces/oidc-endpoints.ts';
import type { OidcConfiguration, Space } from '../spaces/space.ts';
import type { Authenticator } from './admission.ts';
import { empty, withHeaders } from '../http/reply.ts';
import { AuthenticationRefused } from './authentication-refused.ts';
import {
  callerFromRow,
  type CallerRow,
  selectCallerByAddress,
  selectCallerByEmail,
} from './caller.repository.ts';
import { addressOfSipUri } from './from-header.ts';
import { KeysUnavailable, ProviderKeys } from './provider-keys.ts';

type BearerPlatform = Pick<Platform, 'db' | 'clock' | 'config' | 'log'>;

/** Only signatures that a public key verifies (RFC 7518 §3.3, §3.4). */
const algorithms = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512'];

/**
 * Bearer tokens of the space's OpenID Connect provider (RFC 8898, reference §4.3). A space that has
 * one accepts nothing else; other spaces ignore bearer tokens. A provider vouches for accounts of
 * its own space only. `exp` and `nbf` are checked where a token has them, `aud` and `iss` where the
 * settings name what they must be.
 */
export function bearerAuthenticator(platform: BearerPlatform): Authenticator {
  const keys = new ProviderKeys(platform);
  return async (context) => {
    const { oidc, domain } = context.space;
    if (oidc === undefined) return undefined;
    const token = bearerToken(context.header('authorization'));
    if (token === undefined) throw challenge(oidc);
    const claims = await verifiedClaims(platform, keys, oidc, token);
    const account = await accountOf(platform, context.space, oidc, claims);
    if (account === undefined || account.domain !== domain) throw forbidden('auth.no_account');
    return { caller: callerFromRow(account, 'bearer'), headers: {} };
  };
}

function bearerToken(authorization: string | undefined): string | undefined {
  return /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
}

async function verifiedClaims(
  platform: BearerPlatform,
  keys: ProviderKeys,
  oidc: OidcConfiguration,
  token: string,
): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, keys.of(oidc), demands(platform, oidc))).payload;
  } catch (error) {
    throw error instanceof KeysUnavailable ? challenge(oidc) : challenge(oidc, reasonOf(error));
  }
}

/** What a token must show. */
function demands({ clock, config }: BearerPlatform, oidc: OidcConfiguration): JWTVerifyOptions {
  const { audiences, issuers, toleranceSeconds } = config.bearer;
  const client = oidc.clientId ?? [];
  return {
    algorithms,
    currentDate: new Date(clock.now()),
    clockTolerance: toleranceSeconds,
    ...(audiences.length > 0 && {
      audience: audiences.flatMap((name) => (name === '{client_id}' ? client : name)),
    }),
    ...(issuers.length > 0 && {
      issuer: issuers.map((name) => (name === '{provider}' ? issuerOf(oidc) : name)),
    }),
  };
}

function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired';
  if (error instanceof errors.JWTClaimValidationFailed) return wrongClaims[error.claim] ?? refused;
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'The signature is wrong';
  return refused;
}

const refused = 'The token cannot be accepted';

const wrongClaims: Partial<Record<string, string>> = {
  aud: 'The token is for another audience',
  iss: 'The token is of another issuer',
  nbf: 'The token is not valid yet',
};

/** The identity claim decides alone when it is there; otherwise the e-mail address does. */
async function accountOf(
  { db }: BearerPlatform,
  { domain }: Space,
  oidc: OidcConfiguration,
  claims: JWTPayload,
): Promise<CallerRow | undefined> {
  const identity = claims[oidc.sipIdentifier];
  if (identity !== undefined) {
    const address = typeof identity === 'string' ? addressOfSipUri(identity) : undefined;
    if (address === undefined) throw challenge(oidc, 'The identity is not a SIP URI');
    return selectCallerByAddress(db, address);
  }
  const email = claims['email'];
  // Whoever may write any address into a profile must not become its owner here.
  if (claims['email_verified'] === false) return undefined;
  return typeof email === 'string' ? selectCallerByEmail(db, email, domain) : undefined;
}

/** 401 with the provider to ask for a token, empty body. */
function challenge(oidc: OidcConfiguration, description?: string): AuthenticationRefused {
  const provider = `authz_server="${oidc.serverUrl}realms/${oidc.realm}",realm="${oidc.realm}"`;
  const error =
    description === undefined ? '' : `, error="invalid_token", error_description="${description}"`;
  return new AuthenticationRefused(
    withHeaders(empty(401), { 'www-authenticate': `Bearer ${provider}${error}` }),
    description ?? 'bearer token required',
  );
}
