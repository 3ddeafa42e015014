import { createContext, Script } from 'node:vm';

/** Time that an expression of the operator has for one name. */
const limitMs = 100;

const test = new Script('expression.test(text)');
const scope = createContext({ expression: /(?:)/, text: '' });

/**
 * Whether an expression of the operator matches, or `whenLate` when that takes too long: some have so
 * many ways to fail (`^([a-z]+)*$`) that one name of a stranger would hold the server for ever.
 */
export function matchesInTime(expression: RegExp, text: string, whenLate: boolean): boolean {
  if (isSimple(expression)) return expression.test(text);
  Object.assign(scope, { expression, text });
  try {
    return test.runInContext(scope, { timeout: limitMs }) === true;
  } catch (error) {
    if (isTimeout(error)) return whenLate;
    throw error;
  }
}

/** The error may be of the scope's own `Error`. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    Reflect.get(error, 'code') === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}

/** Without groups, and with few repetitions, there are few ways: no watch is needed, which costs time. */
function isSimple({ source }: RegExp): boolean {
  return !source.includes('(') && (source.match(/[*+{]/g)?.length ?? 0) <= 2;
}
