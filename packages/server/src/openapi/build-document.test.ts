import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRoutes } from '../app.ts';
import type { Route } from '../http/route.ts';
import { unlimited } from '../rate-limit/rate-limiter.ts';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';
import type { OpenApiDocument, Operation } from './document.ts';
import { exampleOf } from './example-of.ts';

let test: TestApp;
let document: OpenApiDocument;
let described: readonly Described[];

/** An operation and the route it is made from. */
interface Described {
  readonly route: Route;
  readonly name: string;
  readonly operation: Operation;
}

beforeAll(async () => {
  // With everything that a setting can switch on.
  test = await buildTestApp({ config: { DIALTONE_LEGACY_API: 'true' } });
  document = (await test.request({ url: '/api/openapi.json' })).json<OpenApiDocument>();
  described = allRoutes(test.platform, { limiter: unlimited }).map((route) => {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    const name = `${route.method} ${path}`;
    const operation = document.paths[path]?.[route.method.toLowerCase()];
    if (operation === undefined) throw new Error(`${name} is not in the document`);
    return { route, name, operation };
  });
});
afterAll(() => test.close());

/** The names of those operations that `isFaulty` finds something wrong with. */
const faulty = (isFaulty: (described: Described) => boolean): string[] =>
  described.filter(isFaulty).map(({ name }) => name);

/** Every value of a key, at any depth. */
function valuesOf(key: string, value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
    name === key ? [inner] : valuesOf(key, inner),
  );
}

/** What a JSON pointer (`#/a/b`) leads to. */
function resolve(pointer: string): unknown {
  return pointer
    .slice(2)
    .split('/')
    .reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined,
      document,
    );
}

describe('the OpenAPI document', () => {
  it('lists every route once, itself included', () => {
    expect(document.openapi).toBe('3.1.0');
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    expect(operations).toHaveLength(described.length);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(described.length);
    expect(Object.keys(document.paths)).toContain('/api/accounts/{id}');
  });

  it('has no two paths that only differ in the names of their parameters', () => {
    const shapes = Object.keys(document.paths).map((path) => path.replace(/\{\w+\}/g, '{}'));
    expect(new Set(shapes).size).toBe(shapes.length);
  });

  it('refers only to what it has', () => {
    const references = valuesOf('$ref', document).map(String);
    expect(references.length).toBeGreaterThan(100);
    expect(references.filter((reference) => resolve(reference) === undefined)).toEqual([]);
  });

  it('declares exactly the parameters that a path has, and says what each is', () => {
    const wrong = faulty(({ name, operation }) => {
      const inPath = Array.from(name.matchAll(/\{(\w+)\}/g), ([, parameter]) => parameter);
      const declared = operation.parameters.filter(({ in: place }) => place === 'path');
      return (
        declared.map((parameter) => parameter.name).join() !== inPath.join() ||
        declared.some(({ required }) => !required) ||
        operation.parameters.some(
          ({ description, example }) => !description || example === undefined,
        )
      );
    });
    expect(wrong).toEqual([]);
  });

  it('says what each topic, operation and answer is', () => {
    expect(document.tags.filter(({ description }) => !description)).toEqual([]);
    const tags = document.tags.map(({ name }) => name);
    const wrong = faulty(
      ({ operation }) =>
        operation.summary === '' ||
        !operation.tags.every((tag) => tags.includes(tag)) ||
        Object.values(operation.responses).some(({ $ref, description }) => !(description ?? $ref)),
    );
    expect(wrong).toEqual([]);
  });

  it('gives every JSON answer a schema', () => {
    const wrong = faulty(
      ({ route, operation }) =>
        route.path !== '/api/openapi.json' &&
        Object.values(operation.responses).some(
          ({ content }) =>
            content?.['application/json'] !== undefined &&
            Object.keys(content['application/json'].schema).length === 0,
        ),
    );
    expect(wrong).toEqual([]);
  });

  it('tells how to prove an identity, and how its lack is refused', () => {
    const schemes = Object.keys(document.components.securitySchemes);
    const wrong = faulty(({ route, operation }) => {
      const ways = operation.security.flatMap((way) => Object.keys(way));
      const refused = Object.keys(operation.responses);
      if (route.audience === 'public') return ways.length > 0 || refused.includes('401');
      return (
        ways.length === 0 ||
        !ways.every((way) => schemes.includes(way)) ||
        !refused.includes(route.audience === 'session' ? '302' : '401') ||
        !refused.includes('403')
      );
    });
    expect(wrong).toEqual([]);
  });

  it('shows parameters, bodies and answers that the server itself accepts', () => {
    const { schemas } = document.components;
    const wrong = described.flatMap(({ route, name, operation }) => {
      const placed = (place: string) =>
        Object.fromEntries(
          operation.parameters
            .filter((parameter) => parameter.in === place)
            .map((parameter) => [parameter.name, String(parameter.example)]),
        );
      const [body] = Object.values(operation.requestBody?.content ?? {});
      const shown =
        body === undefined ? undefined : (body.example ?? exampleOf(body.schema, schemas));
      const answers = Object.entries(route.responses).map(([status, { schema }]) => {
        const content = operation.responses[status]?.content?.['application/json'];
        const answer = content && (content.example ?? exampleOf(content.schema, schemas));
        return schema?.safeParse(answer);
      });
      return [
        route.params?.safeParse(placed('path')),
        route.query?.safeParse(placed('query')),
        route.body?.safeParse(shown),
        ...answers,
      ]
        .filter((checked) => checked?.success === false)
        .map((checked) => `${name}: ${checked?.error?.message}`);
    });
    expect(wrong).toEqual([]);
  });

  it('stays small', async () => {
    const { body } = await test.request({ url: '/api/openapi.json' });
    expect(body.length).toBeLessThan(200_000);
  });
});

describe('the page at /api', () => {
  it('lists every operation under its own anchor and loads nothing from elsewhere', async () => {
    const response = await test.request({ url: '/api' });
    expect(response.headers['content-type']).toBe('text/html; charset=UTF-8');
    const missing = faulty(
      ({ operation }) => !response.body.includes(`id="${operation.operationId}"`),
    );
    expect(missing).toEqual([]);
    expect(response.body).not.toMatch(/<(?:script|link|img|iframe)|@import|url\(/);
  });

  it('shows each call as a curl command', async () => {
    const { body } = await test.request({ url: '/api' });
    expect(body.match(/<pre>curl /g)).toHaveLength(described.length);
    expect(body).toContain('/api/accounts/7');
    expect(body).toContain('x-linphone-provisioning: 1');
    expect(body).toContain('&quot;username&quot;:&quot;alice&quot;');
  });

  it('has a short form about the URLs that configure phones', async () => {
    const { statusCode, headers, body } = await test.request({
      url: '/provisioning/documentation',
    });
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/html; charset=UTF-8']);
    expect(body).toContain('/provisioning/{provisioning_token}');
    expect(body).not.toContain('<code>/api/accounts</code>');
  });
});
