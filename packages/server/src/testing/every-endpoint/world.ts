import type { LightMyRequestResponse } from 'fastify';
import { type Account, addressOf } from '../../accounts/account.ts';
import { allRoutes } from '../../app.ts';
import { selectApiKey } from '../../auth/api-key.repository.ts';
import type { OpenDatabase } from '../../db/database.ts';
import { insertReturningId } from '../../db/insert.ts';
import type { Audience, Route } from '../../http/route.ts';
import { setCountryActivated } from '../../phone-countries/phone-country.repository.ts';
import { unlimited } from '../../rate-limit/rate-limiter.ts';
import { sessionCookie, signIn } from '../../sign-in/session.ts';
import type { Space } from '../../spaces/space.ts';
import {
  createRequestToken,
  validateRequestToken,
} from '../../tokens/account-creation-request-token.ts';
import {
  consumeAccountCreationToken,
  createAccountCreationToken,
} from '../../tokens/account-creation-token.ts';
import { buildTestApp, type TestApp } from '../build-test-app.ts';
import { takenBy, type Taken } from './strange-input.ts';

/** Somebody of each kind; the foreign ones belong to another space than the one that is asked. */
export type Role = 'user' | 'admin' | 'superAdmin' | 'foreignUser' | 'foreignAdmin';

/** How one request differs from the most ordinary one. */
export interface Asked {
  readonly as?: Role | undefined;
  /** HEAD in place of GET. */
  readonly method?: 'HEAD';
  /** Path parameters other than those that exist. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Sent as it is. */
  readonly payload?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A server with everything switched on, somebody of each kind, and things to use routes on. */
export interface World {
  readonly test: TestApp;
  readonly routes: readonly Route[];
  /** Path parameters that name an account which administrators of the asked space must not reach. */
  readonly foreign: Readonly<Record<string, string>>;
  /** What a route takes. */
  taken(route: Route): Taken;
  /** A body that a route accepts, another one each time. */
  validBody(route: Route): Promise<Readonly<Record<string, unknown>>>;
  /** Makes ready what a request needs, so that sending it is all that happens. */
  prepare(route: Route, asked?: Asked): Promise<() => Promise<LightMyRequestResponse>>;
}

/** Who may call a route. */
export const roleFor: Readonly<Record<Audience, Role | undefined>> = {
  public: undefined,
  account: 'user',
  provisioning: 'user',
  session: 'user',
  admin: 'admin',
  superAdmin: 'superAdmin',
};

const config = {
  DIALTONE_LEGACY_API: 'true',
  // Codes are asked for again and again.
  BLOCKING_AMOUNT_EVENTS_AUTHORIZED_DURING_PERIOD: '0',
  COTURN_SERVER_HOST: 'turn.example.com',
  COTURN_STATIC_AUTH_SECRET: 'secret',
};

export async function openWorld(database?: OpenDatabase): Promise<World> {
  const test = await buildTestApp({
    config,
    platform: { push: { send: async () => {} } },
    ...(database === undefined ? {} : { database }),
  });
  const { platform } = test;
  const second = await test.createSpace({ domain: 'second.example.com' });
  const main = await test.createSpace({ domain: 'main.example.com', switches: { super: true } });
  const target = await test.createSpace({ domain: 'target.example.com' });
  await platform.db.updateTable('spaces').set({ carddav_user_credentials: 1 }).execute();
  await setCountryActivated(platform.db, 'FR', true, test.clock.now());

  const someone = (username: string, options = {}, space = test.space) =>
    test.createAccount({ username, activated: true, ...options }, space);
  const user = await someone('alice', { email: 'alice@mail.example' });
  const carol = await someone('carol', { email: 'carol@mail.example' }, second);
  const people: Readonly<Record<Role, Account>> = {
    user,
    admin: await someone('boss', { admin: true }),
    superAdmin: await someone('root', { admin: true }, main),
    foreignUser: carol,
    foreignAdmin: await someone('chief', { admin: true }, second),
  };
  const used = await someone('bob', { email: 'bob@mail.example' });
  // Who has spent a creation token may ask for codes.
  const { token } = await createAccountCreationToken(platform, {});
  await consumeAccountCreationToken(platform, token, user.id, {});
  const signedIn = await signIn(
    platform,
    { header: () => undefined, origin: 'http://sip.example.com' },
    user,
    'password',
  );
  const cookie = String(signedIn['set-cookie']).split(';', 1)[0] ?? '';
  if (!cookie.startsWith(sessionCookie)) throw new Error('no session');

  const cardDav = async (space: Space): Promise<string> =>
    String(
      await insertReturningId(platform.db, 'space_carddav_servers', {
        space_id: space.id,
        uri: 'https://carddav.example.com/',
      }),
    );
  const keys = new Map<Role, string>();
  /** A key that works: some routes replace the one that they are called with. */
  const keyOf = async (role: Role): Promise<string> => {
    const known = keys.get(role);
    if (known !== undefined && (await selectApiKey(platform.db, known)) !== undefined) return known;
    const key = await test.createKey(people[role]);
    keys.set(role, key);
    return key;
  };
  let count = 0;
  const ofSpaces: Readonly<Record<string, string>> = {
    domain: target.domain,
    id: await cardDav(target),
  };
  const existing: Readonly<Record<string, string>> = {
    id: String(used.id),
    sip: addressOf(used),
    email: 'bob@mail.example',
    carddav_id: await cardDav(test.space),
    code: 'FR',
    username: used.username,
  };
  const routes = allRoutes(platform, { limiter: unlimited });
  const takenByRoute = new Map(routes.map((route) => [route, takenBy(route)]));
  const taken = (route: Route): Taken => takenByRoute.get(route) ?? takenBy(route);
  return {
    test,
    routes,
    taken,
    foreign: { id: String(carol.id), sip: addressOf(carol), email: carol.email ?? '' },
    validBody: async (route) => {
      const { body: example, fields } = taken(route);
      const body = { ...example, ...ownValues(`n${count++}`, route) };
      const known = fields.filter((name) => body[name] !== undefined);
      return {
        ...Object.fromEntries(known.map((name) => [name, body[name]])),
        ...(await freshToken(platform, known)),
      };
    },
    prepare: async (
      route,
      { as, method = route.method, params = {}, query, body, payload = text(body), headers } = {},
    ) => {
      const key = as === undefined ? undefined : await keyOf(as);
      const nameOf = (name: string): string =>
        params[name] ??
        (route.path.startsWith('/api/spaces/') ? ofSpaces : existing)[name] ??
        'unknown';
      const request = {
        method,
        url: route.path.replaceAll(/:(\w+)/g, (_, name: string) =>
          encodeURIComponent(nameOf(name)),
        ),
        ...(query === undefined ? {} : { query }),
        ...(payload === undefined ? {} : { payload }),
        headers: {
          host: test.space.host,
          accept: route.path.startsWith('/api') ? 'application/json' : 'text/html',
          'x-linphone-provisioning': '1',
          ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
          ...(key === undefined
            ? {}
            : route.audience === 'session'
              ? { cookie }
              : { 'x-api-key': key }),
          ...headers,
        },
      };
      return () => test.app.inject(request);
    },
  };
}

const text = (body: unknown): string | undefined =>
  body === undefined ? undefined : JSON.stringify(body);

/** Values of fields whose example would be taken, or is not there. */
function ownValues(name: string, { path }: Route): Readonly<Record<string, unknown>> {
  const host = `${name}.example.com`;
  return {
    username: name,
    email: `${name}@mail.example`,
    phone: `+3361234${name.slice(1).padStart(4, '0')}`,
    name,
    domain: path.startsWith('/api/spaces') ? host : undefined,
    host,
    password: 'secret',
    password_confirmation: 'secret',
    old_password: 'secret',
  };
}

/** A token that may still be spent, for a body that takes one. */
async function freshToken(
  platform: TestApp['platform'],
  fields: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const spends = (name: string): boolean => fields.includes(name);
  if (spends('account_creation_request_token')) {
    const token = await createRequestToken(platform, {});
    await validateRequestToken(platform, token);
    return { account_creation_request_token: token };
  }
  const name = ['account_creation_token', 'token'].find(spends);
  if (name === undefined) return {};
  return { [name]: (await createAccountCreationToken(platform, {})).token };
}
