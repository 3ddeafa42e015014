import { errorCodes } from '@dialtone/contract';
import { isPhraseKey } from '@dialtone/phrases';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routesByFolder } from '../app.ts';
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
