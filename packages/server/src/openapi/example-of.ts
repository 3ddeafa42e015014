import type { JsonSchema, SchemaComponents } from './document.ts';

/**
 * A value that the schema accepts: the examples that it bears, else the simplest value. Of the
 * members that may be left out, an object has those that bear an example.
 */
export function exampleOf(schema: JsonSchema, components: SchemaComponents): unknown {
  if (schema.examples !== undefined) return schema.examples[0];
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const referred = follow(schema, components);
  if (referred !== undefined) return exampleOf(referred, components);
  const [first] = schema.anyOf ?? [];
  if (first !== undefined) return exampleOf(first, components);
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object':
      return objectExample(schema, components);
    case 'array':
      return isEmptyList(schema) ? [] : [exampleOf(schema.items ?? {}, components)];
    case 'integer':
    case 'number':
      return 1;
    case 'boolean':
      return false;
    case 'string':
      return 'text';
    default:
      return null;
  }
}

function objectExample(schema: JsonSchema, components: SchemaComponents): unknown {
  const { properties = {}, required = [], additionalProperties } = schema;
  const shown = Object.entries(properties).filter(
    ([name, member]) => required.includes(name) || hasExample(member, components),
  );
  const members = shown.map(([name, member]) => [name, exampleOf(member, components)] as const);
  // `{}`: anything may be added, so nothing is.
  const isMap =
    typeof additionalProperties === 'object' && Object.keys(additionalProperties).length > 0;
  if (members.length > 0 || !isMap) return Object.fromEntries(members);
  return { '1': exampleOf(additionalProperties, components) };
}

function hasExample(schema: JsonSchema, components: SchemaComponents): boolean {
  if (schema.examples !== undefined) return true;
  const inner = follow(schema, components) ?? schema.anyOf?.[0];
  return inner !== undefined && hasExample(inner, components);
}

function follow({ $ref }: JsonSchema, components: SchemaComponents): JsonSchema | undefined {
  return $ref === undefined ? undefined : components[$ref.slice($ref.lastIndexOf('/') + 1)];
}

/** A list of nothing: `items` accepts no value. */
function isEmptyList({ items }: JsonSchema): boolean {
  return items?.not !== undefined;
}
