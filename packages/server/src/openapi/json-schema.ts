import { z } from 'zod';
import type { JsonSchema, MediaType, SchemaComponents } from './document.ts';
import { exampleOf } from './example-of.ts';

/** Which side of a schema is meant: what is sent to it, or what comes out. */
export type Direction = 'input' | 'output';

type Override = NonNullable<NonNullable<Parameters<typeof z.toJSONSchema>[1]>['override']>;

const place = '#/components/schemas/';

/** The JSON schema of a zod schema; schemas with an id become components. */
export function jsonSchema(
  schema: z.ZodType,
  io: Direction,
  components: SchemaComponents,
): JsonSchema {
  const whole = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
    override: keepExamples,
  });
  const { $defs = {}, $schema: _dialect, id, ...own } = pointToComponents(whole);
  for (const [name, { id: _id, ...definition }] of Object.entries($defs)) {
    components[name] ??= definition;
  }
  if (id === undefined) return own;
  components[id] ??= own;
  return { $ref: `${place}${id}` };
}

/** Zod leaves out the examples of what it transforms; ours are written the way they are sent. */
function keepExamples({ zodSchema, jsonSchema }: Parameters<Override>[0]): void {
  const { examples } = z.globalRegistry.get(zodSchema) ?? {};
  if (Array.isArray(examples)) jsonSchema.examples = examples;
}

/** A JSON body with its example; that of a component stands at the component, once. */
export function jsonContent(
  schema: z.ZodType,
  io: Direction,
  components: SchemaComponents,
): MediaType {
  const described = jsonSchema(schema, io, components);
  const example = exampleOf(described, components);
  if (described.$ref === undefined) return { schema: described, example };
  const name = described.$ref.slice(place.length);
  components[name] = { ...components[name], examples: [example] };
  return { schema: described };
}

/** References inside one schema (`#/$defs/X`) made to point into the document. */
function pointToComponents(schema: unknown): JsonSchema {
  const text = JSON.stringify(schema).replaceAll('"#/$defs/', `"${place}`);
  const copy: JsonSchema = JSON.parse(text);
  return copy;
}
