import { globSync, readFileSync } from 'node:fs';
import type { Route } from '../http/route.ts';

const root = new URL('../', import.meta.url).pathname;

/** A look-up of the file whose text declares a route, relative to the source folder. */
export function routeSources(): (route: Pick<Route, 'path'>) => string {
  const declared = globSync('**/*.routes.ts', { cwd: root })
    .toSorted()
    .flatMap((file) =>
      Array.from(
        readFileSync(`${root}${file}`, 'utf8').matchAll(/'(\/[^']+)'|`(\/[^`]+)`/g),
        ([, plain, template]) => ({ file, pattern: pathPattern(plain ?? template ?? '') }),
      ),
    );
  return ({ path }) => declared.find(({ pattern }) => pattern.test(path))?.file ?? 'unknown';
}

/** The text as written; a `${…}` in a template stands for anything. */
function pathPattern(text: string): RegExp {
  const parts = text
    .split(/\$\{[^}]*\}/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.+')}$`);
}
