import {
  decodeMethodResponse,
  encodeMethodCall,
  stringValue,
  textOf,
  type XmlRpcResponse,
} from '@dialtone/contract';
import {
  answerChallenge,
  computeHa1,
  isAnswerable,
  parseChallenges,
  serializeCredentials,
} from '@dialtone/sip/digest';
import type { LightMyRequestResponse } from 'fastify';
import { readMessage } from '../../messaging/outbox.ts';
import type { EmailMessage, SmsMessage } from '../../messaging/message.ts';
import { setCountryActivated } from '../../phone-countries/phone-country.repository.ts';
import {
  buildTestApp,
  type TestApp,
  type TestAppOptions,
  type TestRequest,
} from '../../testing/build-test-app.ts';

export const domain = 'sip.example.com';

/** A server that accepts French numbers, and a client of its XML-RPC endpoint. */
export interface XmlRpcTest extends TestApp {
  /** Calls a method without credentials; a text, the texts of a struct, or `fault <code>`. */
  rpc(method: string, ...args: readonly (string | null)[]): Promise<string | string[]>;
  /** The same as the account of `username`, which answers digest challenges. */
  rpcAs(
    username: string,
    password: string,
    method: string,
    ...args: readonly (string | null)[]
  ): Promise<string | string[]>;
  /** Posts a body as it is. */
  post(body: string, options?: Partial<TestRequest>): Promise<LightMyRequestResponse>;
  /** The mails and SMS that wait to be sent, oldest first. */
  mails(): Promise<EmailMessage[]>;
  texts(): Promise<SmsMessage[]>;
  /** The key in the newest mail, and in the newest SMS. */
  mailedKey(): Promise<string>;
  textedKey(): Promise<string>;
}

/** H(username:domain:password) as clients compute it. */
export function ha1(
  username: string,
  password: string,
  algorithm: 'MD5' | 'SHA-256' = 'SHA-256',
  realm: string = domain,
): string {
  return computeHa1({ algorithm, username, realm, password });
}

export function call(method: string, ...args: readonly (string | null)[]): string {
  return encodeMethodCall({ methodName: method, params: args.map(stringValue) });
}

/** What an answer says, shortened for tests. */
export function read(response: LightMyRequestResponse): string | string[] {
  if (response.statusCode !== 200) return `status ${response.statusCode}`;
  return shorten(decodeMethodResponse(response.body));
}

function shorten(response: XmlRpcResponse): string | string[] {
  if (response.kind === 'fault') return `fault ${response.fault.code}`;
  const { value } = response;
  if (value.kind === 'struct') return value.members.map((member) => textOf(member.value) ?? '');
  if (value.kind !== 'string') throw new Error(`not a <string>: ${value.kind}`);
  return value.value;
}

export async function buildXmlRpcTest(options: TestAppOptions = {}): Promise<XmlRpcTest> {
  const test = await buildTestApp(options);
  const { db } = test.platform;
  await setCountryActivated(db, 'FR', true, test.clock.now());

  const post: XmlRpcTest['post'] = (body, more = {}) =>
    test.request({
      method: 'POST',
      url: '/xmlrpc',
      body,
      ...more,
      headers: { 'content-type': 'text/xml', ...more.headers },
    });

  const messages = async () => {
    const rows = await db.selectFrom('dialtone_outbox').selectAll().orderBy('id').execute();
    return rows.map((row) => readMessage(row));
  };
  const mails = async () => (await messages()).filter((message) => message.kind === 'email');
  const texts = async () => (await messages()).filter((message) => message.kind === 'sms');

  return {
    ...test,
    post,
    mails,
    texts,
    rpc: async (method, ...args) => read(await post(call(method, ...args))),
    rpcAs: async (username, password, method, ...args) => {
      const body = call(method, ...args);
      const from = `sip:${username}@${domain}`;
      const challenged = await post(body, { headers: { from } });
      if (challenged.statusCode !== 401) return read(challenged);
      const authorization = answer(challenged, username, password);
      return read(await post(body, { headers: { from, authorization } }));
    },
    mailedKey: async () => /^([0-9a-f]{13})$/m.exec((await mails()).at(-1)?.text ?? '')?.[1] ?? '',
    textedKey: async () => /\b(\d{4})\b/.exec((await texts()).at(-1)?.text ?? '')?.[1] ?? '',
  };
}

/** Credentials that answer the first challenge of a 401; empty when it holds none. */
export function answer(
  challenged: LightMyRequestResponse,
  username: string,
  password: string,
  { uri = '/xmlrpc', nonceCount = 1 }: { readonly uri?: string; readonly nonceCount?: number } = {},
): string {
  const fields = [challenged.headers['www-authenticate'] ?? []].flat().map(String);
  const challenge = parseChallenges(fields).find((candidate) => isAnswerable(candidate));
  if (challenge === undefined) return '';
  return serializeCredentials(
    answerChallenge(challenge, {
      username,
      secret: { password },
      method: 'POST',
      uri,
      nonceCount,
      cnonce: '0a4f113b',
    }),
  );
}
