import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from './support/temporary-folder.ts';

const root = join(import.meta.dirname, '..');
const modules = join(root, 'node_modules');
const run = promisify(execFile);

const PACKAGES = ['contract', 'sip', 'client'] as const;
const ENTRIES = [
  '@dialtone/client',
  '@dialtone/contract',
  '@dialtone/sip',
  '@dialtone/sip/digest',
  '@dialtone/sip/registrar',
  '@dialtone/sip/testing',
] as const;
/** What the packages depend on: npm would fetch them. */
const DEPENDENCIES = [
  'ical.js',
  'saxes',
  'undici-types',
  'ws',
  'xmlchars',
  'zod',
  '@types/node',
  '@types/ws',
];

const folder = temporaryFolder('published');
const built = join(folder.path, 'built');
/** An application outside of this workspace, with the packages installed from their tarballs. */
const application = join(folder.path, 'application');

beforeAll(async () => {
  await run(process.execPath, [join(root, 'scripts/build.ts'), built]);
  const installed = join(application, 'node_modules');
  mkdirSync(join(installed, '@types'), { recursive: true });
  for (const name of DEPENDENCIES) symlinkSync(join(modules, name), join(installed, name));
  for (const name of PACKAGES) {
    const pack = ['pack', '--silent', '--pack-destination', folder.path, join(built, name)];
    const { stdout } = await run('npm', pack);
    const target = join(installed, '@dialtone', name);
    mkdirSync(target, { recursive: true });
    const tarball = join(folder.path, stdout.trim());
    await run('tar', ['-xzf', tarball, '-C', target, '--strip-components', '1']);
  }
  writeFileSync(join(application, 'package.json'), '{ "type": "module" }');
});

afterAll(() => folder[Symbol.dispose]());

describe('the packages as they are published', () => {
  it.each(PACKAGES)('%s is well described', async (name) => {
    expect(
      (await publint({ pkgDir: join(built, name), strict: true, pack: false })).messages,
    ).toEqual([]);
  });

  it('export in an application what the workspace exports', async () => {
    const imports = ENTRIES.map((name) => `Object.keys(await import('${name}')).sort()`);
    writeFileSync(
      join(application, 'main.js'),
      `console.log(JSON.stringify([${imports.join(', ')}]));`,
    );
    const { stdout } = await run(process.execPath, [join(application, 'main.js')]);
    const expected = await Promise.all(
      ENTRIES.map(async (name): Promise<string[]> => Object.keys(await import(name)).toSorted()),
    );
    expect(JSON.parse(stdout)).toEqual(expected);
  });

  it('have types that the examples of the manual compile with, libraries checked too', async () => {
    cpSync(join(root, 'docs/examples'), application, {
      recursive: true,
      // That one is a module of the server.
      filter: (file) => !file.endsWith('provisioning-hooks.ts'),
    });
    const compilerOptions = {
      target: 'es2024',
      lib: ['es2024', 'esnext.disposable'],
      types: ['node'],
      module: 'nodenext',
      strict: true,
      noEmit: true,
    };
    writeFileSync(join(application, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
    const { stdout } = await run(join(modules, '.bin/tsc'), ['-p', application]).catch(
      (error: unknown) => ({ stdout: String(Reflect.get(Object(error), 'stdout')) }),
    );
    expect(stdout).toBe('');
  });

  it('are refused as sources, which would not load', async () => {
    const sources = run('npm', ['pack', '--dry-run', join(root, 'packages/client')]);
    await expect(sources).rejects.toThrow(/npm run build/);
  });
});
