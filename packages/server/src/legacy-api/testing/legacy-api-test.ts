import type { LightMyRequestResponse } from 'fastify';
import type { Environment } from '../../config/env.ts';
import { createAccountCreationToken } from '../../tokens/account-creation-token.ts';
import { buildXmlRpcTest, domain, type XmlRpcTest } from '../../xmlrpc/testing/xmlrpc-test.ts';

export const phone = '+33612345678';
export const alice = `alice@${domain}`;

/** A server that answers the old endpoints, and what their clients do. */
export interface LegacyApiTest extends XmlRpcTest {
  /** Paths without `/api/`. */
  get(path: string, key?: string): Promise<LightMyRequestResponse>;
  send(path: string, body: object): Promise<LightMyRequestResponse>;
  /** A fresh account creation token. */
  newToken(): Promise<string>;
  /** `accounts/public` with a password and a fresh token. */
  create(fields: object): Promise<LightMyRequestResponse>;
  /** `accounts/recover-by-phone` of `phone` with a fresh token. */
  recover(fields?: object): Promise<LightMyRequestResponse>;
}

export async function buildLegacyApiTest(
  config: Environment = {},
  rateLimits = false,
): Promise<LegacyApiTest> {
  const test = await buildXmlRpcTest({
    config: { DIALTONE_LEGACY_API: 'true', ...config },
    rateLimits,
  });
  const send: LegacyApiTest['send'] = (path, body) =>
    test.request({ method: 'POST', url: `/api/${path}`, body });
  const newToken = async () => (await createAccountCreationToken(test.platform, {})).token;
  return {
    ...test,
    get: (path, key) =>
      test.request({ url: `/api/${path}`, ...(key === undefined ? {} : { key }) }),
    send,
    newToken,
    create: async (fields) =>
      send('accounts/public', {
        password: 'secret',
        algorithm: 'MD5',
        account_creation_token: await newToken(),
        ...fields,
      }),
    recover: async (fields = {}) =>
      send('accounts/recover-by-phone', {
        phone,
        account_creation_token: await newToken(),
        ...fields,
      }),
  };
}

/** The status, and in its place for 422 the refused fields. */
export async function outcome(reply: Promise<LightMyRequestResponse>): Promise<unknown> {
  const { statusCode, body } = await reply;
  return statusCode === 422 ? Object.keys(JSON.parse(body).errors) : statusCode;
}
