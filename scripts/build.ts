// npm run build [-- DIRECTORY]: dist/ (or DIRECTORY) holds the packages of applications as they are
// published, JavaScript and types.
import { execFileSync } from 'node:child_process';
import { copyFileSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const root = join(import.meta.dirname, '..');
const dist = resolve(process.argv[2] ?? join(root, 'dist'));

/** Each depends on those before it. */
const PUBLISHED = ['contract', 'sip', 'client'] as const;

const manifestSchema = z.looseObject({ exports: z.record(z.string(), z.string()) });

/** What a package of the workspace says about itself, for JavaScript instead of TypeScript. */
function publishedManifest(text: string): Record<string, unknown> {
  const {
    private: _private,
    scripts: _scripts,
    exports,
    ...rest
  } = manifestSchema.parse(JSON.parse(text));
  const entries = Object.entries(exports).map(([name, source]) => {
    const stem = source.replace(/\.ts$/, '');
    return [name, { types: `${stem}.d.ts`, default: `${stem}.js` }];
  });
  return { ...rest, exports: Object.fromEntries(entries) };
}

/** The compiler leaves `.ts` in the imports of declarations, where older compilers look for sources. */
function importJavaScript(declarations: string): string {
  return declarations.replace(/(from |import\()'(\.{1,2}\/[^']+)\.ts'/g, "$1'$2.js'");
}

rmSync(dist, { recursive: true, force: true });
execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.build.json', '--outDir', dist], {
  cwd: root,
  stdio: 'inherit',
});
for (const file of globSync(join(dist, '**/*.d.ts'))) {
  writeFileSync(file, importJavaScript(readFileSync(file, 'utf8')));
}
for (const name of PUBLISHED) {
  const source = join(root, 'packages', name);
  const manifest = publishedManifest(readFileSync(join(source, 'package.json'), 'utf8'));
  writeFileSync(join(dist, name, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  copyFileSync(join(source, 'README.md'), join(dist, name, 'README.md'));
  copyFileSync(join(root, 'LICENSE'), join(dist, name, 'LICENSE'));
}
console.log(
  `${dist} holds ${PUBLISHED.join(', ')}; "npm pack ${join(dist, 'client')}" makes a tarball.`,
);
