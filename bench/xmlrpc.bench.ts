import { encodeMethodCall, stringValue } from '@dialtone/contract';
import { computeHa1 } from '@dialtone/sip/digest';
import { buildTestApp, type TestRequest } from '../packages/server/src/testing/build-test-app.ts';
import { type BenchResult, type Candidate, compare, formatTable } from './bench.ts';

const domain = 'sip.example.com';
const accounts = 1000;

/** Names in an order that no cache of one row can use. */
let turn = 0;
const nextName = (): string => `user${(turn = (turn + 7) % accounts)}`;

let created = 0;
const newName = (): string => `new${created++}`;

function call(methodName: string, ...args: string[]): TestRequest {
  return {
    method: 'POST',
    url: '/xmlrpc',
    body: encodeMethodCall({ methodName, params: args.map(stringValue) }),
    headers: { 'content-type': 'text/xml' },
  };
}

/**
 * Requests through the whole server on an in-memory database, without sockets: what the older
 * protocol costs beside the REST API for the same work.
 */
export async function run(): Promise<readonly BenchResult[]> {
  const test = await buildTestApp();
  const admin = await test.createAccount({ username: 'admin', admin: true, activated: true });
  const key = await test.createKey(admin);
  for (let n = 0; n < accounts; n++) await test.createAccount({ username: `user${n}` });

  const requesting = (name: string, make: () => TestRequest): Candidate => ({
    name,
    run: async () => {
      const { statusCode, body } = await test.request(make());
      if (statusCode !== 200 || body.includes('ERROR_')) throw new Error(`${name}: ${body}`);
      return body;
    },
  });
  const password = 'secret';
  const ha1 = (username: string): string =>
    computeHa1({ algorithm: 'SHA-256', username, realm: domain, password });

  const results = [
    ...(await compare('find an account by name', [
      requesting('XML-RPC is_account_activated', () =>
        call('is_account_activated', nextName(), domain),
      ),
      requesting('REST GET /api/accounts/:sip/search', () => ({
        url: `/api/accounts/${nextName()}@${domain}/search`,
        key,
      })),
    ])),
    ...(await compare('create an account', [
      requesting('XML-RPC create_email_account, with activation mail', () => {
        const username = newName();
        const email = `${username}@mail.example`;
        return call('create_email_account', username, email, ha1(username), 'bench', domain);
      }),
      requesting('REST POST /api/accounts, without mail', () => {
        const username = newName();
        const email = `${username}@mail.example`;
        const body = { username, email, password, algorithm: 'SHA-256' };
        return { method: 'POST', url: '/api/accounts', body, key };
      }),
    ])),
  ];
  await test.close();
  return results;
}

if (import.meta.main) console.log(formatTable(await run()));
