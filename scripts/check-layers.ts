/**
 * Checks that imports point one way: between packages, and between the folders of a package whose
 * folders are layers. Cycles between files are the linter's part (`import/no-cycle`).
 */
import { readFileSync } from 'node:fs';
import { globSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { LAYERS, PACKAGE_ARROWS } from './layers.ts';

interface Import {
  readonly file: string;
  readonly specifier: string;
  readonly typeOnly: boolean;
}

const IMPORT = /^(?:import|export)\s+(type\s)?[^'";]*?(?:from\s+)?'([^']+)'/gm;

const importsOf = (file: string): Import[] =>
  [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, type, specifier = '']) => ({
    file,
    specifier,
    typeOnly: type !== undefined,
  }));

const packageOf = (file: string): string => file.split('/')[1] ?? '';

const layerOf = (path: string): string => {
  const [first = '', second] = path.split('/');
  return second === undefined ? '.' : first;
};

const packageFault = ({ file, specifier }: Import): string | undefined => {
  const target = /^@dialtone\/([^/]+)/.exec(specifier)?.[1];
  const from = packageOf(file);
  if (target === undefined || target === from) return undefined;
  if (PACKAGE_ARROWS[from]?.includes(target)) return undefined;
  return `${file}: package ${from} must not import ${target}`;
};

const layerFault = ({ file, specifier, typeOnly }: Import): string | undefined => {
  const name = packageOf(file);
  const layers = LAYERS[name];
  if (layers === undefined || typeOnly || !specifier.startsWith('.')) return undefined;
  const source = `packages/${name}/src`;
  const from = layerOf(relative(source, file));
  const to = layerOf(relative(source, join(dirname(file), specifier)));
  if (from === '.' || from === to || file.endsWith('.test.ts')) return undefined;
  const allowed = layers[from];
  if (allowed === undefined) return `${file}: folder ${name}/${from} is not in scripts/layers.ts`;
  if (allowed.includes(to)) return undefined;
  return `${file}: ${name}/${from} must not import ${name}/${to}`;
};

const files = globSync('packages/*/src/**/*.ts').toSorted();
const faults = files
  .flatMap(importsOf)
  .flatMap((found) => [packageFault(found), layerFault(found)])
  .filter((fault) => fault !== undefined);

for (const fault of faults) console.error(fault);
console.log(`${files.length} files, ${faults.length} imports against the arrows`);
process.exitCode = faults.length > 0 ? 1 : 0;
