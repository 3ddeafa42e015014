import { errorCodes } from '@dialtone/contract';
import { isPhraseKey } from '@dialtone/phrases';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRoutes, routesByFolder } from '../app.ts';
import { settingsPage } from '../config/settings-page.ts';
import { errorsPage } from '../errors/errors-page.ts';
import { buildTestApp, type TestApp } from '../testing/build-test-app.ts';
import { unlimited } from '../rate-limit/rate-limiter.ts';
import { routesPage } from './routes-page.ts';

const docs = '../../../../docs';

let test: TestApp;
beforeAll(async () => {
  // With everything that a setting can switch on.
  test = await buildTestApp({ config: { DIALTONE_LEGACY_API: 'true' } });
});
afterAll(() => test.close());

// `npx vitest run --project unit packages/server/src/openapi --update` writes these files anew.
describe('documents in docs/ are those of the running code:', () => {
  it('settings.md', async () => {
    await expect(settingsPage()).toMatchFileSnapshot(`${docs}/settings.md`);
  });

  it('errors.md', async () => {
    await expect(errorsPage()).toMatchFileSnapshot(`${docs}/errors.md`);
  });

  it('routes.md', async () => {
    const routes = routesByFolder(test.platform, { limiter: unlimited });
    await expect(routesPage(routes)).toMatchFileSnapshot(`${docs}/routes.md`);
  });
});

it('every error code has a text, and no code stands twice', () => {
  const codes: string[] = Object.values(errorCodes).flat();
  expect(codes.filter((code) => !isPhraseKey(code))).toEqual([]);
  expect(new Set(codes).size).toBe(codes.length);
});

describe('the OpenAPI document', () => {
  interface Document {
    readonly openapi: string;
    readonly paths: Record<string, Record<string, { operationId: string; responses: object }>>;
    readonly components: { readonly schemas: Record<string, unknown> };
  }
  const load = async () => (await test.request({ url: '/api/openapi.json' })).json<Document>();

  it('lists every route once, itself included', async () => {
    const { openapi, paths } = await load();
    expect(openapi).toBe('3.1.0');
    const operations = Object.values(paths).flatMap((path) => Object.values(path));
    expect(operations).toHaveLength(allRoutes(test.platform, { limiter: unlimited }).length);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    expect(Object.keys(paths)).toContain('/api/accounts/{id}');
  });

  it('refers only to schemas it has', async () => {
    const document = await load();
    const references = JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g);
    const missing = Array.from(references, ([, name = '']) => name).filter(
      (name) => document.components.schemas[name] === undefined,
    );
    expect(missing).toEqual([]);
  });

  it('has a page to read at /api', async () => {
    const response = await test.request({ url: '/api' });
    expect(response.headers['content-type']).toBe('text/html; charset=UTF-8');
    expect(response.body).toContain('/api/accounts/:id');
  });
});
