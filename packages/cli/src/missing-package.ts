import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

/**
 * What to do about an npm package that is not installed, as after an update that needs a new one; undefined
 * for every other error. A file of our own that is missing is no such error: installing brings none.
 */
export function describeMissingPackage(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  if (error.code !== 'ERR_MODULE_NOT_FOUND') return undefined;
  const name = /^Cannot find package '([^']+)'/u.exec(error.message)?.[1];
  if (name === undefined) return undefined;
  return `dialtone: the npm package ${name} is not installed; run "npm ci" in ${root} first.`;
}
