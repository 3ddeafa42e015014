import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { describeMissingPackage } from './missing-package.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'dialtone-missing-')));
afterAll(() => rmSync(root, { recursive: true, force: true }));

it('a package that is not installed is named with what to do, without a stack', async () => {
  const source = join(root, 'packages/cli/src');
  cpSync(import.meta.dirname, source, { recursive: true });
  const stderr = await new Promise((resolve) => {
    execFile(process.execPath, [join(source, 'main.ts')], (_error, _stdout, text) => resolve(text));
  });
  expect(stderr).toMatch(
    /^dialtone: the npm package \S+ is not installed; run "npm ci" in (.+) first\.\n$/u,
  );
  expect(stderr).toContain(` in ${root} `);
});

it('other failures are left to who reports them', async () => {
  const file = import(join(root, 'no-such-file.ts'));
  expect(describeMissingPackage(await file.catch((error: unknown) => error))).toBeUndefined();
  expect(describeMissingPackage(new Error("Cannot find package 'x'"))).toBeUndefined();
});
