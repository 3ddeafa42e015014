import type { RawInput } from './route.ts';

const untrimmed: ReadonlySet<string> = new Set([
  'password',
  'password_confirmation',
  'current_password',
]);

/** Never taken from a request: FAM uses these names internally, and one was a way to become admin. */
const reserved: ReadonlySet<string> = new Set(['asAdmin', 'api', '__proto__']);

/**
 * Query and body in one namespace, the body first; texts trimmed, empty texts null (reference §1.3).
 * Passwords keep their spaces.
 */
export function normaliseInput(
  query: Readonly<Record<string, unknown>>,
  body: Readonly<Record<string, unknown>>,
): RawInput {
  const input: Record<string, unknown> = {};
  for (const source of [query, body]) {
    for (const [key, value] of Object.entries(source)) {
      if (!reserved.has(key)) input[key] = normaliseValue(value, untrimmed.has(key));
    }
  }
  return input;
}

function normaliseValue(value: unknown, keepSpaces: boolean): unknown {
  if (typeof value === 'string') {
    const text = keepSpaces ? value : value.trim();
    return text === '' ? null : text;
  }
  if (Array.isArray(value)) return value.map((item) => normaliseValue(item, keepSpaces));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== '__proto__');
  return Object.fromEntries(entries.map(([key, item]) => [key, normaliseValue(item, keepSpaces)]));
}
