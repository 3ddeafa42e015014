import type { ResponseSpec, Route } from '../http/route.ts';
import type {
  MediaType,
  OpenApiDocument,
  Operation,
  ResponseObject,
  SchemaComponents,
} from './document.ts';
import { jsonContent } from './json-schema.ts';
import { headerParameters, parameters } from './parameters.ts';
import { impliedRefusals, refusal, refusalComponents } from './refusals.ts';
import { security, securitySchemes } from './security.ts';
import { tagDescriptions } from './tags.ts';

const description = `Accounts, spaces, tokens and provisioning of a Dialtone server. The host of a request says which space is meant.

Send \`Accept: application/json\`, and \`Content-Type: application/json\` with a body. Texts are trimmed, and an empty text counts as missing. \`Accept-Language\` chooses between English and French messages; \`code\` in a refusal is for programs and never changes its meaning. Dates are UTC.

Accounts prove themselves by the header \`x-api-key\`, by HTTP digest with their SIP URI in \`From\`, or by a bearer token; administrators by \`x-api-key\`.`;

/** The API as an OpenAPI 3.1 document, from the declarations that the server runs. */
export function buildOpenApi(routes: readonly Route[], version: string): OpenApiDocument {
  const schemas: SchemaComponents = {};
  const responses = refusalComponents(schemas);
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of routes) {
    const path = (paths[openApiPath(route.path)] ??= {});
    path[route.method.toLowerCase()] = operation(route, schemas);
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Dialtone', version, description, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/', description: 'This server' }],
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({
      name,
      description: tagDescriptions[name],
    })),
    paths,
    components: { schemas, responses, securitySchemes },
  };
}

/** `/accounts/:id` as `/accounts/{id}`. */
function openApiPath(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}');
}

function operation(route: Route, components: SchemaComponents): Operation {
  return {
    tags: [route.tag],
    summary: route.summary,
    ...(route.description === undefined ? {} : { description: route.description }),
    operationId: operationId(route),
    security: security[route.audience],
    parameters: [
      ...parameters('path', route.params, components),
      ...parameters('query', route.query, components),
      ...headerParameters(route.headers),
    ],
    ...requestBody(route, components),
    responses: responses(route, components),
  };
}

function operationId({ method, path }: Route): string {
  if (path === '/') return `${method.toLowerCase()}_root`;
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== '' && word !== 'api');
  return [method.toLowerCase(), ...words].join('_');
}

function requestBody(
  { path, body, bodyFormat = 'json' }: Route,
  components: SchemaComponents,
): Pick<Operation, 'requestBody'> {
  if (body === undefined) return {};
  if (bodyFormat !== 'json') {
    // XML-RPC is the only content that is not made of fields.
    return { requestBody: { required: true, content: { 'text/xml': anyText } } };
  }
  const type = path.startsWith('/api') ? 'application/json' : 'application/x-www-form-urlencoded';
  const content = { [type]: jsonContent(body, 'input', components) };
  return { requestBody: { required: !body.safeParse({}).success, content } };
}

function responses(
  route: Route,
  components: SchemaComponents,
): Readonly<Record<string, ResponseObject>> {
  const declared = Object.entries(route.responses).map(
    ([status, response]) => [status, responseObject(Number(status), response, components)] as const,
  );
  return { ...impliedRefusals(route), ...Object.fromEntries(declared) };
}

function responseObject(
  status: number,
  { description, schema, contentType }: ResponseSpec,
  components: SchemaComponents,
): ResponseObject {
  if (schema !== undefined) {
    const content = { 'application/json': jsonContent(schema, 'output', components) };
    return { description, content };
  }
  if (contentType !== undefined) return { description, content: { [contentType]: anyText } };
  return status >= 400 ? refusal(status, description) : { description };
}

const anyText: MediaType = { schema: { type: 'string' } };
