import { endpoint } from '../../spaces/oidc-endpoints.ts';
import type { OidcConfiguration } from '../../spaces/space.ts';

/** The origin to which signing out leads; none without a provider. */
export function logoutOrigins(oidc: OidcConfiguration | undefined): string[] {
  return oidc !== undefined && URL.canParse(oidc.serverUrl) ? [new URL(oidc.serverUrl).origin] : [];
}

/** What binds an answer of the provider to the browser that was sent to it. */
export interface LoginAttempt {
  readonly state: string;
  readonly nonce: string;
  /** Verifier of RFC 7636. */
  readonly verifier: string;
}

/** Where a browser signs in at the provider (OpenID Connect Core §3.1.2.1, with PKCE). */
export function authorizationUrl(
  oidc: OidcConfiguration,
  redirectUri: string,
  { state, nonce }: LoginAttempt,
  codeChallenge: string,
): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: oidc.clientId ?? '',
    redirect_uri: redirectUri,
    scope: 'openid email profile',
    state,
    nonce,
    code_challenge: codeChallenge,
    code_challenge_method: 'S256',
  });
  return `${endpoint(oidc, 'auth')}?${query.toString()}`;
}

/** Where a browser signs out at the provider (OpenID Connect RP-Initiated Logout §2). */
export function logoutUrl(oidc: OidcConfiguration, returnTo: string): string {
  const query = new URLSearchParams({
    client_id: oidc.clientId ?? '',
    post_logout_redirect_uri: returnTo,
  });
  return `${endpoint(oidc, 'logout')}?${query.toString()}`;
}
