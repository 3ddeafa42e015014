import { createPublicKey } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { forbidden } from '../errors/service-error.ts';
import type { Platform } from '../platform.ts';
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

type BearerPlatform = Pick<Platform, 'db' | 'clock'>;

/**
 * Bearer tokens of the space's OpenID Connect provider (RFC 8898, reference §4.3). A space that has
 * one accepts nothing else; other spaces ignore bearer tokens. A provider vouches for accounts of
 * its own space only.
 */
export function bearerAuthenticator(platform: BearerPlatform): Authenticator {
  return async (context) => {
    const { oidc, domain } = context.space;
    if (oidc === undefined) return undefined;
    const token = bearerToken(context.header('authorization'));
    if (token === undefined || oidc.publicKey === undefined) throw challenge(oidc);
    const claims = await verifiedClaims(platform, oidc, oidc.publicKey, token);
    const account = await accountOf(platform, context.space, oidc, claims);
    if (account === undefined || account.domain !== domain) throw forbidden('auth.no_account');
    return { caller: callerFromRow(account, 'bearer'), headers: {} };
  };
}

function bearerToken(authorization: string | undefined): string | undefined {
  return /^bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
}

async function verifiedClaims(
  { clock }: BearerPlatform,
  oidc: OidcConfiguration,
  publicKey: string,
  token: string,
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, createPublicKey(publicKey), {
      algorithms: ['RS256', 'RS384', 'RS512'],
      currentDate: new Date(clock.now()),
    });
    return payload;
  } catch (error) {
    throw challenge(oidc, reasonOf(error));
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'The token has expired';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'The signature is wrong';
  return 'The token cannot be accepted';
}

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
    return selectCallerByAddress(db, address.username, address.domain);
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
