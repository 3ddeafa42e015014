import {
  AccountManagerServices,
  Address,
  type ApiClient,
  createApiClient,
  FlexiApiClient,
  type HttpHost,
} from '@dialtone/client';
import { errorBodySchema, validationErrorBodySchema } from '@dialtone/contract';
import { createAdministrator } from '@dialtone/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Dialtone, startDialtone } from './support/dialtone.ts';

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly tags: string[] }>>>>;
}

/** Called by clients for servers that have them; Dialtone has no JSON contacts yet. */
const notOurs = [
  'GET /api/accounts/me/contacts',
  'GET /api/accounts/me/contacts/a',
  'GET /api/accounts/me/devices/a',
  'GET /api/accounts/1/contacts',
  'POST /api/accounts/1/contacts/1',
  'DELETE /api/accounts/1/contacts/1',
];

let dialtone: Dialtone;
let document: Document;
let call: ApiClient;
beforeAll(async () => {
  dialtone = await startDialtone({ config: { DIALTONE_LEGACY_API: 'true' } });
  const { platform, space, url } = dialtone;
  const admin = { username: 'admin', password: 'secret', keyName: 'interop' };
  const { apiKey } = await createAdministrator(platform, space, admin);
  call = createApiClient({ server: url, apiKey });
  document = JSON.parse(await (await fetch(`${url}/api/openapi.json`)).text());
});
afterAll(() => dialtone[Symbol.asyncDispose]());

/** A host that writes down what would be sent. */
function recordingHost(calls: string[]): HttpHost {
  return {
    userAgent: 'Interop/1.0',
    accountCreatorUrl: 'https://sip.example.org/api/',
    httpCredentials: { find: () => undefined },
    defaultAccount: null,
    http: async ({ method = 'GET', url }) => {
      calls.push(`${method} ${new URL(url).pathname}`);
      const body = new TextEncoder().encode('{}');
      return { status: 200, headers: new Headers(), body, url: String(url), text: () => '{}' };
    },
  };
}

type AnyMethod = (...values: unknown[]) => unknown;

/** The methods that a class has of its own, to be called with anything. */
function methodsOf(instance: object): [string, AnyMethod][] {
  const prototype: unknown = Object.getPrototypeOf(instance);
  const members = Object.entries(Object.getOwnPropertyDescriptors(prototype ?? {}));
  return members.flatMap(([name, { value }]: [string, PropertyDescriptor]) =>
    typeof value === 'function' && name !== 'constructor' && !name.startsWith('set')
      ? [[name, (...values: unknown[]): unknown => Reflect.apply(value, instance, values)]]
      : [],
  );
}

/** Whether the document has an operation for a call. */
function isDescribed(name: string): boolean {
  const [method = '', path = ''] = name.split(' ');
  return Object.entries(document.paths).some(
    ([template, operations]) =>
      operations[method.toLowerCase()] !== undefined &&
      new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path),
  );
}

describe('the OpenAPI document', () => {
  it('has every call that the client of the REST API makes', async () => {
    const calls: string[] = [];
    const client = new FlexiApiClient(recordingHost(calls));
    const methods = methodsOf(client);
    for (const [name, method] of methods) {
      const ids = name.startsWith('adminAccount') && name !== 'adminAccountSearch';
      const one = ids ? 1 : 'a';
      await (/Create|WithAccount/.test(name) ? method({}) : method(one, one, one));
    }
    expect(calls).toHaveLength(methods.length);
    expect(calls.filter((name) => !isDescribed(name)).toSorted()).toEqual(notOurs.toSorted());
  });

  it('has every call of the account manager services', async () => {
    const calls: string[] = [];
    const services = new AccountManagerServices(recordingHost(calls));
    const identity = Address.parse('sip:alice@sip.example.org');
    for (const [name, method] of methodsOf(services)) {
      const forAccount = /Linking|UsingCode|Device/.test(name);
      const request = forAccount ? method(identity, { uuid: 'a' }) : method('1', 'a', 'a', 'a');
      await submit(request);
    }
    expect(calls.length).toBeGreaterThanOrEqual(14);
    expect(calls.filter((name) => !isDescribed(name))).toEqual([]);
  });
});

async function submit(request: unknown): Promise<void> {
  if (typeof request !== 'object' || request === null || !('submit' in request)) {
    throw new Error('no request was made');
  }
  if (typeof request.submit === 'function') await Reflect.apply(request.submit, request, []);
}

describe('the typed client at a running server', () => {
  it('creates, finds, changes and deletes an account, each answer in the shape it is declared in', async () => {
    const created = await call('POST /api/accounts', {
      body: { username: 'typed', password: 'secret', dictionary: { department: 'Sales' } },
    });
    expect(created).toMatchObject({ username: 'typed', activated: false });
    const params = { id: created.id };
    const changed = await call('POST /api/accounts/:id/activate', { params });
    expect(changed.activated).toBe(true);
    const { sip_uri } = await call('GET /api/accounts/:id', { params });
    const sip = sip_uri.replace('sip:', '');
    expect(await call('GET /api/resolve/:sip', { params: { sip } })).toMatchObject({
      type: 'account',
      payload: { id: created.id, call_forwardings: [] },
    });
    const page = await call('GET /api/accounts');
    expect(page.data.map(({ username }) => username)).toContain('typed');
    expect(await call('GET /api/accounts/:id/devices', { params })).toEqual({});
    expect(await call('DELETE /api/accounts/:id', { params })).toBeUndefined();
  });

  it('reads spaces, countries and tokens', async () => {
    const [space] = await call('GET /api/spaces');
    expect(space?.domain).toBe(dialtone.space.domain);
    const countries = await call('GET /api/phone_countries');
    expect(countries.map(({ code }) => code)).toContain('FR');
    const { token, validation_url } = await call('POST /api/account_creation_request_tokens');
    expect(validation_url).toContain(token);
    expect((await call('POST /api/accounts/auth_token')).token).toHaveLength(32);
  });

  it('is refused with the bodies that the document shows', async () => {
    const unknown = call('GET /api/accounts/:id', { params: { id: 99_999 } });
    const { body } = await unknown.catch((error) => error);
    expect(errorBodySchema.parse(JSON.parse(body)).code).toBe('account.not_found');
    const refused = call('POST /api/accounts', { body: { username: 'x', password: '' } });
    const { body: fields, parameterErrors } = await refused.catch((error) => error);
    expect(validationErrorBodySchema.parse(JSON.parse(fields)).errors).toHaveProperty('password');
    expect([...parameterErrors.keys()]).toContain('password');
  });
});
