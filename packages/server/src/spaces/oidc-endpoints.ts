import type { OidcConfiguration } from './space.ts';

/** Who issues the tokens of a space: Keycloak's addresses (flexiapi-core.md §4.3). */
export function issuerOf({ serverUrl, realm }: OidcConfiguration): string {
  return `${serverUrl.replace(/\/+$/, '')}/realms/${encodeURIComponent(realm)}`;
}

/** An endpoint of the provider. */
export function endpoint(
  oidc: OidcConfiguration,
  name: 'auth' | 'token' | 'userinfo' | 'certs' | 'logout',
): string {
  return `${issuerOf(oidc)}/protocol/openid-connect/${name}`;
}
