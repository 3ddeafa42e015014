import { z } from 'zod';
import type { Audience, BodyFormat, ResponseSpec, Route } from '../http/route.ts';
import { sessionCookie } from '../sign-in/session.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** The members of a JSON schema that are looked at here. */
interface JsonSchema extends JsonObject {
  readonly $schema?: string;
  readonly $defs?: JsonObject;
  readonly id?: string;
  readonly properties?: JsonObject;
  readonly required?: readonly string[];
}

/** The API as an OpenAPI 3.1 document, from the declarations that the server runs. */
export function buildOpenApi(routes: readonly Route[], version: string): JsonObject {
  const components: Record<string, unknown> = { ...errorSchemas };
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = (paths[openApiPath(route.path)] ??= {});
    path[route.method.toLowerCase()] = operation(route, components);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Dialtone', version, license: { name: 'MIT', identifier: 'MIT' } },
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
    paths,
    components: { schemas: components, securitySchemes },
  };
}

/** `/accounts/:id` as `/accounts/{id}`. */
function openApiPath(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}').replace('*', '{path}');
}

const securitySchemes = {
  apiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' },
  digest: {
    type: 'http',
    scheme: 'digest',
    description: 'With the SIP URI of the account in `From`',
  },
  bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
  certificate: { type: 'mutualTLS' },
  session: { type: 'apiKey', in: 'cookie', name: sessionCookie },
};

const security: Readonly<Record<Audience, readonly JsonObject[]>> = {
  public: [],
  account: [{ apiKey: [] }, { digest: [] }, { bearer: [] }],
  provisioning: [{ certificate: [] }, { apiKey: [] }, { digest: [] }, { bearer: [] }],
  admin: [{ apiKey: [] }],
  superAdmin: [{ apiKey: [] }],
  session: [{ session: [] }],
};

const errorSchemas = {
  Error: {
    type: 'object',
    required: ['message', 'code'],
    properties: { message: { type: 'string' }, code: { type: 'string' } },
  },
  ValidationError: {
    type: 'object',
    required: ['message', 'code', 'errors'],
    properties: {
      message: { type: 'string' },
      code: { const: 'validation.failed' },
      errors: {
        type: 'object',
        additionalProperties: { type: 'array', items: { type: 'string' } },
      },
    },
  },
};

function operation(route: Route, components: Record<string, unknown>): JsonObject {
  const { body } = route;
  return {
    tags: [route.tag],
    summary: route.summary,
    operationId: operationId(route),
    ...(route.audience === 'public' ? {} : { security: security[route.audience] }),
    parameters: [
      ...parameters('path', route.params, components),
      ...parameters('query', route.query, components),
    ],
    ...(body === undefined
      ? {}
      : { requestBody: { content: requestContent(route.bodyFormat ?? 'json', body, components) } }),
    responses: responses(route, components),
  };
}

function operationId({ method, path }: Route): string {
  if (path === '/') return `${method.toLowerCase()}_root`;
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== '' && word !== 'api');
  return [method.toLowerCase(), ...words].join('_');
}

function requestContent(
  format: BodyFormat,
  schema: z.ZodType,
  components: Record<string, unknown>,
): JsonObject {
  return format === 'json'
    ? { 'application/json': { schema: jsonSchema(schema, 'input', components) } }
    : { '*/*': { schema: { type: 'string' } } };
}

function parameters(
  place: 'path' | 'query',
  schema: z.ZodType | undefined,
  components: Record<string, unknown>,
): JsonObject[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'input', components);
  return Object.entries(properties).map(([name, type]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: type,
  }));
}

function responses(route: Route, components: Record<string, unknown>): JsonObject {
  const declared = Object.entries(route.responses).map(([status, response]) => [
    status,
    responseObject(Number(status), response, components),
  ]);
  const all: Record<string, unknown> = Object.fromEntries(declared);
  const takesInput = route.body !== undefined || route.query !== undefined;
  if (takesInput) all['422'] ??= errorResponse('Refused fields', 'ValidationError');
  if (route.audience !== 'public') all['401'] ??= { description: 'No or wrong credentials' };
  if (route.rateLimit !== undefined) all['429'] ??= errorResponse('Too many requests', 'Error');
  return all;
}

function responseObject(
  status: number,
  { description, schema, contentType }: ResponseSpec,
  components: Record<string, unknown>,
): JsonObject {
  if (schema !== undefined) {
    const content = { 'application/json': { schema: jsonSchema(schema, 'output', components) } };
    return { description, content };
  }
  if (contentType !== undefined) {
    return { description, content: { [contentType]: { schema: { type: 'string' } } } };
  }
  return status >= 400 ? errorResponse(description, 'Error') : { description };
}

function errorResponse(description: string, schema: keyof typeof errorSchemas): JsonObject {
  const content = { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } };
  return { description, content };
}

/** The JSON schema of a zod schema; schemas with an id become components. */
function jsonSchema(
  schema: z.ZodType,
  io: 'input' | 'output',
  components: Record<string, unknown>,
): JsonSchema {
  const whole = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' });
  const { $defs, $schema: _dialect, id, ...own } = pointToComponents(whole);
  Object.assign(components, $defs);
  if (id === undefined) return own;
  components[id] = own;
  return { $ref: `#/components/schemas/${id}` };
}

/** References inside one schema (`#/$defs/X`) made to point into the document. */
function pointToComponents(schema: unknown): JsonSchema {
  const text = JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/');
  const copy: JsonSchema = JSON.parse(text);
  return copy;
}
