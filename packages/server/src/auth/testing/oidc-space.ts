import type { KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import type { LightMyRequestResponse } from 'fastify';
import { toDbDate } from '../../db/dates.ts';
import type { TestApp } from '../../testing/build-test-app.ts';

/** What a test may choose about the provider of the space. */
export interface Provider {
  readonly serverUrl?: string;
  /** Stored as PEM; null stores none. */
  readonly publicKey: KeyObject | string | null;
  readonly clientId?: string | null;
  readonly sipIdentifier?: string;
}

/** Gives the space of a test an OpenID Connect provider, realm `r`. */
export async function storeProvider(test: TestApp, provider: Provider): Promise<void> {
  const { serverUrl = 'https://sso.example.com/', publicKey, clientId = 'dialtone' } = provider;
  const date = toDbDate(test.clock.now());
  await test.platform.db
    .insertInto('space_oidc_authentication_configurations')
    .values({
      space_id: test.space.id,
      server_url: serverUrl,
      realm: 'r',
      sip_identifier: provider.sipIdentifier ?? '',
      public_key:
        publicKey === null || typeof publicKey === 'string'
          ? publicKey
          : publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      client_id: clientId,
      client_secret: '',
      auto_provisioning: 0,
      created_at: date,
      updated_at: date,
    })
    .execute();
}

export interface TokenOptions {
  readonly key: KeyObject;
  /** Default `RS256`. */
  readonly alg?: string;
  readonly kid?: string;
  /** From now; default 60. */
  readonly expiresInSeconds?: number;
}

/** A signed token. */
export function signToken(
  test: TestApp,
  claims: Record<string, unknown>,
  { key, alg = 'RS256', kid, expiresInSeconds = 60 }: TokenOptions,
): Promise<string> {
  const now = Math.floor(test.clock.now() / 1000);
  return new SignJWT(claims)
    .setProtectedHeader({ alg, ...(kid === undefined ? {} : { kid }) })
    .setExpirationTime(now + expiresInSeconds)
    .sign(key);
}

/** A request with a bearer token, or without any. */
export function sendBearer(
  test: TestApp,
  bearer: string | undefined,
  url = '/provisioning/me',
  headers: Readonly<Record<string, string>> = {},
): Promise<LightMyRequestResponse> {
  return test.request({
    url,
    headers: {
      'x-linphone-provisioning': '1',
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      ...headers,
    },
  });
}
