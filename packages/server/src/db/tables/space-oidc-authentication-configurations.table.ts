import type { Generated } from 'kysely';
import type { DbDate, Flag } from '../column-types.ts';

/** Presence of a row = OpenID Connect (Keycloak-style) is enabled for the space. */
export interface SpaceOidcAuthenticationConfigurationsTable {
  id: Generated<number>;
  /** Base URL, ends with `/`. */
  server_url: string;
  /** Keycloak realm name. */
  realm: string;
  /** JWT claim with the SIP identity. */
  sip_identifier: Generated<string>;
  /** PEM fetched from the server. */
  public_key: string | null;
  /** For the web login. */
  client_id: string | null;
  /** For the web login, never returned by the API. */
  client_secret: string | null;
  /** Create unknown users at first login. */
  auto_provisioning: Generated<Flag | null>;
  /** Keycloak realm role needed. */
  role_provisioning: string | null;
  /** Owner. */
  space_id: number;
  created_at: DbDate | null;
  updated_at: DbDate | null;
}
