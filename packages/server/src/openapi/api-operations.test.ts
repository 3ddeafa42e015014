import { apiOperations } from '@dialtone/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { routesByFolder } from '../app.ts';
import type { Route } from '../http/route.ts';
import { unlimited } from '../rate-limit/rate-limiter.ts';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';

let test: TestApp;
beforeAll(async () => {
  test = await buildTestApp();
});
afterAll(() => test.close());

/** What a schema accepts, to compare; transformations apart. */
const shape = (schema: z.ZodType | undefined, io: 'input' | 'output') =>
  schema && z.toJSONSchema(schema, { io, unrepresentable: 'any' });

function declared({ method, path, body, responses }: Route) {
  const answer = Object.values(responses).find(({ schema }) => schema !== undefined)?.schema;
  return [`${method} ${path}`, { body: shape(body, 'input'), answer: shape(answer, 'output') }];
}

it('the operations of the contract are those of the server, with the same bodies and answers', () => {
  // PATCH is another name of PUT; plain texts and the documents are for no typed client.
  const untyped = ['/api/ping', '/api/accounts/me/api_key'];
  const features = routesByFolder(test.platform, { limiter: unlimited });
  const routes = Object.entries(features)
    .filter(([folder]) => !['legacy-api', 'openapi'].includes(folder))
    .flatMap(([, declarations]) => declarations)
    .filter(({ path, method }) => path.startsWith('/api/') && method !== 'PATCH')
    .filter(({ path }) => !untyped.includes(path));
  const operations = Object.entries(apiOperations).map(([name, operation]) => {
    const { body, answer }: { body?: z.ZodType; answer?: z.ZodType } = operation;
    return [name, { body: shape(body, 'input'), answer: shape(answer, 'output') }];
  });
  expect(Object.fromEntries(operations)).toEqual(Object.fromEntries(routes.map(declared)));
});
