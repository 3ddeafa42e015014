import { inspect } from 'node:util';
import { translate } from '@dialtone/phrases';
import { fieldTexts, isServiceError } from '@dialtone/server';

/** Errors that already say what to do and need no stack trace. */
const EXPLAINED = new Set([
  'ConfigError',
  'StartError',
  'DatabaseUrlError',
  'SchemaError',
  'UsageError',
]);

/** Tells why a command failed, on standard error; returns the exit code. */
export function reportFailure(error: unknown): number {
  process.stderr.write(`${explain(error)}\n`);
  return 1;
}

/** Why a command failed, in words. */
export function explain(error: unknown): string {
  if (isServiceError(error)) {
    const texts = Object.values(fieldTexts(error.fields, 'en')).flat();
    return texts.length > 0 ? texts.join('\n') : translate('en', error.code, error.params);
  }
  if (error instanceof Error && EXPLAINED.has(error.name)) return error.message;
  // The operator's own code failed: where it did says more than where it was called.
  if (error instanceof Error && error.name === 'HookError') {
    return error.cause === undefined ? error.message : `${error.message}: ${inspect(error.cause)}`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
