import { errorBodySchema, validationErrorBodySchema } from '@dialtone/contract';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Audience, Route } from './http/route.ts';
import { sessionCookie } from './sign-in/session.ts';
import { describeEachEngine } from './testing/each-engine.ts';
import { openWatchedDatabase } from './testing/every-endpoint/watched-database.ts';
import {
  brokenBodies,
  strangeNames,
  strangeTexts,
  strangeValues,
} from './testing/every-endpoint/strange-input.ts';
import { type Asked, openWorld, roleFor, type World } from './testing/every-endpoint/world.ts';

const nameOf = ({ method, path }: Route): string => `${method} ${path}`;

/** Pages tell people what is wrong in their own ways, XML-RPC programs in its faults. */
const isForPeople = ({ tag }: Route): boolean => tag === 'Pages' || tag === 'XML-RPC';

const parametersOf = ({ path }: Route): readonly string[] =>
  [...path.matchAll(/:(\w+)/g)].flatMap(([, name]) => name ?? []);

/** Routes that serve accounts of other spaces as well: what they give is the caller's own. */
const servesForeignUsers: Readonly<Record<string, string>> = {
  'GET /api/accounts/me/api_key': 'keys work on every host',
  'GET /api/accounts/me/devices': 'the registrar is one for all spaces',
  'DELETE /api/accounts/me/devices/:uuid': 'the registrar is one for all spaces',
  'POST /api/account_creation_tokens/consume': 'creation tokens belong to no space',
  'GET /api/accounts/me/services/turn': 'the TURN server is one for all spaces',
  'GET /contacts/vcard': 'phones may be configured by the host of another space',
  'GET /provisioning/me': 'phones may be configured by the host of another space (X3)',
};

/** Routes for whose use more is needed than a body: a code that was sent, an account in a certain state. */
const needMore: ReadonlySet<string> = new Set([
  'POST /api/accounts/me/email',
  'POST /api/accounts/me/phone',
  'POST /api/accounts/:sip/activate/email',
  'POST /api/accounts/:sip/activate/phone',
  'POST /api/accounts/recover-by-phone',
]);

/** Routes that answer an unknown name otherwise than by 404. */
const unknownNames: Readonly<Record<string, readonly [status: number, why: string]>> = {
  'DELETE /api/accounts/me/devices/:uuid': [200, 'what is gone needs not be removed; as FAM'],
  'DELETE /api/accounts/:id/devices/:uuid': [200, 'what is gone needs not be removed; as FAM'],
};

/** FAM tells which of its classes found nothing. */
const foundNothing = /^$|not found|^<!doctype html>/i;

/** What is wrong with a refusal: it must be one, say why in the documented shape, and have changed nothing. */
function faultOf(
  route: Route,
  { statusCode, headers, body }: LightMyRequestResponse,
  changed: boolean,
): string | undefined {
  if (statusCode >= 500) return 'is no answer';
  if (statusCode < 400) return undefined;
  if (changed) return 'has changed something';
  if (statusCode === 404 && !foundNothing.test(body)) return 'says too much';
  // What digest and API keys are refused with is text (flexiapi-core.md §1.4).
  if (isForPeople(route) || !route.path.startsWith('/api') || statusCode === 401) return undefined;
  if (headers['content-type'] !== 'application/json') return 'is no JSON';
  const schema = statusCode === 422 ? validationErrorBodySchema : errorBodySchema;
  return schema.safeParse(JSON.parse(body)).success ? undefined : 'has another shape';
}

describeEachEngine('every endpoint', (open, engine) => {
  const started = new AsyncDisposableStack();
  let world: World;
  let changed: () => boolean;
  let faults: string[];

  beforeAll(async () => {
    if (engine === 'sqlite') {
      const database = await openWatchedDatabase();
      started.defer(() => database.close());
      changed = () => database.changed();
      world = await openWorld(database);
    } else {
      // Only SQLite tells cheaply that nothing was changed.
      changed = () => false;
      world = await openWorld(await open());
    }
    started.defer(() => world.test.close());
  });
  afterAll(() => started.disposeAsync());
  beforeEach(() => {
    faults = [];
  });

  /** Notes what is wrong with an answer; `expected` are the statuses that are right, if only some are. */
  async function ask(
    route: Route,
    what: string,
    asked: Asked,
    ...expected: readonly number[]
  ): Promise<void> {
    const send = await world.prepare(route, asked);
    changed();
    const reply = await send();
    const fault =
      expected.length > 0 && !expected.includes(reply.statusCode)
        ? `is not ${expected.join(' or ')}`
        : faultOf(route, reply, changed());
    if (fault === undefined) return;
    faults.push(
      `${nameOf(route)} ${what}: ${reply.statusCode} ${fault} ${reply.body.slice(0, 100)}`,
    );
  }

  const routesFor = (...audiences: readonly Audience[]): readonly Route[] =>
    world.routes.filter(({ audience }) => audiences.includes(audience));
  const restricted = () => routesFor('account', 'provisioning', 'admin', 'superAdmin');

  it('accepts the bodies with which all the rest is tried', async () => {
    const refused: string[] = [];
    for (const route of world.routes) {
      if (isForPeople(route) || route.body === undefined || needMore.has(nameOf(route))) continue;
      const asked: Asked = { as: roleFor[route.audience], body: await world.validBody(route) };
      const { statusCode, body } = await (await world.prepare(route, asked))();
      if (statusCode >= 300) refused.push(`${nameOf(route)}: ${statusCode} ${body.slice(0, 200)}`);
    }
    expect(refused).toEqual([]);
  });

  it('asks for credentials, and refuses those that are none', async () => {
    for (const route of restricted()) {
      const body = await world.validBody(route);
      await ask(route, 'without credentials', { body }, 401);
      for (const key of ['x'.repeat(40), "' or ''='", '']) {
        await ask(route, `with the key "${key}"`, { body, headers: { 'x-api-key': key } }, 401);
      }
      const headers = { authorization: 'Basic YWxpY2U6c2VjcmV0' };
      await ask(route, 'with a password in the clear', { body, headers }, 401);
    }
    for (const route of routesFor('session')) {
      await ask(route, 'without session', {}, 302);
      await ask(
        route,
        'with a made-up session',
        { headers: { cookie: `${sessionCookie}=x` } },
        302,
      );
    }
    expect(faults).toEqual([]);
  });

  it('refuses who has not the right', async () => {
    for (const route of routesFor('admin', 'superAdmin')) {
      const body = await world.validBody(route);
      for (const as of ['user', 'foreignUser', 'foreignAdmin'] as const) {
        await ask(route, `as ${as}`, { as, body }, 403);
      }
    }
    for (const route of routesFor('superAdmin')) {
      await ask(route, 'as admin', { as: 'admin', body: await world.validBody(route) }, 403);
    }
    expect(faults).toEqual([]);
  });

  it('keeps to the space that is asked', async () => {
    for (const route of routesFor('account', 'provisioning')) {
      const asked: Asked = { as: 'foreignUser', body: await world.validBody(route) };
      const status = nameOf(route) in servesForeignUsers ? 200 : 404;
      await ask(route, 'as foreignUser', asked, status);
    }
    for (const route of routesFor('admin')) {
      if (!parametersOf(route).some((name) => name in world.foreign)) continue;
      const body = await world.validBody(route);
      await ask(route, 'on a foreign account', { as: 'admin', params: world.foreign, body }, 404);
    }
    expect(faults).toEqual([]);
  });

  it('defect 27: knows nothing of names that are none, and does not say how it looked', async () => {
    for (const route of world.routes) {
      const [other] = unknownNames[nameOf(route)] ?? [];
      for (const parameter of parametersOf(route)) {
        for (const name of strangeNames) {
          const body = await world.validBody(route);
          const params = { [parameter]: name };
          const expected = isForPeople(route) ? [] : other === undefined ? [404] : [404, other];
          const what = `with ${parameter} "${name.slice(0, 30)}"`;
          await ask(route, what, { as: roleFor[route.audience], params, body }, ...expected);
        }
      }
    }
    expect(faults).toEqual([]);
  });

  it('defect 19: changes nothing by HEAD', async () => {
    for (const route of world.routes.filter(({ method }) => method === 'GET')) {
      const asked: Asked = { method: 'HEAD', as: roleFor[route.audience] };
      const send = await world.prepare(route, asked);
      changed();
      const { statusCode, body } = await send();
      if (changed() || statusCode >= 500 || body !== '') {
        faults.push(`${nameOf(route)}: ${statusCode} ${body.slice(0, 100)}`);
      }
    }
    expect(faults).toEqual([]);
  });

  const readsJson = () =>
    world.routes.filter(
      ({ method, bodyFormat = 'json' }) =>
        !['GET', 'DELETE'].includes(method) && bodyFormat === 'json',
    );

  it('refuses bodies that are no JSON object, or too long', async () => {
    for (const route of readsJson()) {
      const as = roleFor[route.audience];
      for (const [what, payload] of Object.entries(brokenBodies)) {
        await ask(route, what, { as, payload }, 400);
      }
      const payload = JSON.stringify({ x: 'x'.repeat(route.bodyLimit ?? 1_048_576) });
      await ask(route, 'a long body', { as, payload }, 413);
    }
    expect(faults).toEqual([]);
  });

  it('defect 5: takes any value of any field, or says what is wrong with it', async () => {
    // The other engines are asked only what their own ways may turn into a failure.
    const values = engine === 'sqlite' ? strangeValues : strangeTexts;
    for (const route of world.routes) {
      const as = roleFor[route.audience];
      for (const field of world.taken(route).fields) {
        for (const value of values) {
          const body = { ...(await world.validBody(route)), [field]: value };
          const what = `with ${field} ${JSON.stringify(value).slice(0, 30)}`;
          await ask(route, what, { as, body });
        }
      }
      for (const field of world.taken(route).query) {
        for (const value of strangeTexts) {
          await ask(route, `with ${field}=${String(value).slice(0, 30)}`, {
            as,
            query: { [field]: String(value) },
          });
        }
      }
    }
    expect(faults).toEqual([]);
  }, 240_000);
});
