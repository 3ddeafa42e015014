import { parseProvisioningXml } from '@dialtone/contract';
import type { LightMyRequestResponse } from 'fastify';
import type { Account } from '../../accounts/account.ts';
import { findAccountById } from '../../accounts/account.service.ts';
import { selectPasswords } from '../../accounts/password/password.repository.ts';
import {
  buildTestApp,
  type TestApp,
  type TestAppOptions,
  type TestRequest,
} from '../../testing/build-test-app.ts';
import { createProvisioningToken } from '../../tokens/provisioning-token.ts';

type Options = Omit<TestRequest, 'url'>;

/** A server with the account `ann`, not yet activated, and what tests of provisioning ask about her. */
export interface ProvisioningTest extends TestApp {
  readonly ann: Account;
  /** An API key of hers. */
  readonly key: string;
  /** A request as a phone makes it: no particular Accept, the provisioning header. */
  phone(url: string, options?: Options): Promise<LightMyRequestResponse>;
  /** A request of something that is no phone. */
  stranger(url: string, options?: Options): Promise<LightMyRequestResponse>;
  newToken(account?: Account): Promise<string>;
  /** Whether a provisioning token can still be spent. */
  isUnused(token: string): Promise<boolean>;
  isActivated(): Promise<boolean | undefined>;
  storedHashes(): Promise<readonly string[]>;
}

/** Provisioning tokens live ten minutes, unless `options` says otherwise. */
export async function buildProvisioningTest(
  options: TestAppOptions = {},
): Promise<ProvisioningTest> {
  const test = await buildTestApp({
    ...options,
    config: { APP_PROVISIONING_TOKEN_EXPIRATION_MINUTES: '10', ...options.config },
  });
  const ann = await test.createAccount({ username: 'ann', displayName: "Ann O'Hara" });
  const stranger = (url: string, options: Options = {}) => test.request({ url, ...options });
  return {
    ...test,
    ann,
    key: await test.createKey(ann),
    stranger,
    phone: (url, { headers, ...rest } = {}) =>
      stranger(url, {
        ...rest,
        headers: { accept: '*/*', 'x-linphone-provisioning': '1', ...headers },
      }),
    newToken: async ({ id } = ann) => (await createProvisioningToken(test.platform, id)).token,
    isUnused: async (token) => (await stranger(`/provisioning/qrcode/${token}`)).statusCode === 200,
    isActivated: async () => (await findAccountById(test.platform, ann.id))?.activated,
    storedHashes: async () =>
      (await selectPasswords(test.platform.db, ann.id)).map(({ ha1 }) => ha1),
  };
}

/** Entries of a document as `section/key` → value. @throws Error when the answer is none */
export function entriesOf(reply: LightMyRequestResponse): Record<string, string> {
  if (reply.statusCode !== 200 || reply.headers['content-type'] !== 'application/xml') {
    throw new Error(`no document: ${reply.statusCode} ${reply.body}`);
  }
  const all: Record<string, string> = {};
  for (const { name, entries } of parseProvisioningXml(reply.body).sections) {
    for (const entry of entries) all[`${name}/${entry.name}`] = entry.value;
  }
  return all;
}
