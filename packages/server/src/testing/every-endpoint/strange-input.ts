import type { JsonSchema, SchemaComponents } from '../../openapi/document.ts';
import { exampleOf } from '../../openapi/example-of.ts';
import { jsonSchema } from '../../openapi/json-schema.ts';
import type { Route } from '../../http/route.ts';

/** Bodies that are no JSON object: each is 400 wherever JSON is read. */
export const brokenBodies: Readonly<Record<string, string>> = {
  'broken JSON': '{"username": ',
  'a list': '[{"username":"x"}]',
  'a text': '"username"',
  'a number': '1',
  null: 'null',
  'a form': 'username=x&password=y',
  'XML in place of JSON': '<username>x</username>',
  'a deep object': `{"a":${'{"a":'.repeat(40)}1${'}'.repeat(40)}}`,
};

/** Values that few fields are meant to have: of each type, empty, too long, and what databases trip over. */
export const strangeValues: readonly unknown[] = [
  null,
  '',
  [],
  {},
  [[]],
  ['x'],
  { x: { y: 1 } },
  true,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  '9'.repeat(30),
  'x',
  'x'.repeat(70_000),
  'é'.repeat(300),
  '😀',
  '\ud800',
  '\u0000',
  "'; drop table accounts; --",
  '%',
  '../../etc/passwd',
];

/** Those of them that a schema may let through, and a database must not choke on. */
export const strangeTexts: readonly unknown[] = strangeValues.filter(
  (value) => typeof value === 'string' && value.length > 0,
);

/** Names of nothing, for every path parameter. */
export const strangeNames: readonly string[] = [
  '0',
  '-1',
  '1.5',
  '2147483648',
  '9'.repeat(30),
  'nobody@sip.example.com',
  'nobody@elsewhere.example',
  '\u0000',
  '😀',
  '%',
  "' or 1=1 --",
  '../me',
  'x'.repeat(400),
];

/** What a route takes: its fields, and an example of a body, as its schemas tell. */
export interface Taken {
  readonly body: Readonly<Record<string, unknown>>;
  readonly fields: readonly string[];
  readonly query: readonly string[];
}

export function takenBy({ body, query }: Route): Taken {
  const components: SchemaComponents = {};
  const described = body && jsonSchema(body, 'input', components);
  const example = described && exampleOf(described, components);
  return {
    body: typeof example === 'object' && example !== null ? { ...example } : {},
    fields: propertiesOf(described, components),
    query: propertiesOf(query && jsonSchema(query, 'input', components), components),
  };
}

function propertiesOf(
  schema: JsonSchema | undefined,
  components: SchemaComponents,
): readonly string[] {
  const name = schema?.$ref?.split('/').at(-1);
  const { properties = {} } = (name === undefined ? schema : components[name]) ?? {};
  return Object.keys(properties);
}
