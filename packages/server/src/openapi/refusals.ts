import { type ErrorCode, errorBodySchema, validationErrorBodySchema } from '@dialtone/contract';
import { translate } from '@dialtone/phrases';
import type { Audience, Route } from '../http/route.ts';
import type { ResponseObject, SchemaComponents } from './document.ts';
import { jsonSchema } from './json-schema.ts';

/** A refusal that many routes share. */
interface Refusal {
  readonly name: string;
  readonly description: string;
  readonly code: ErrorCode;
  readonly header?: { readonly name: string; readonly description: string };
}

const refusals: Readonly<Record<string, Refusal>> = {
  400: {
    name: 'BadRequest',
    description: 'The body is no JSON object, or the path cannot be decoded',
    code: 'request.invalid_json',
  },
  401: {
    name: 'Unauthorized',
    description: 'No or wrong credentials; the body may also be a short text',
    code: 'auth.required',
    header: { name: 'WWW-Authenticate', description: 'Challenges, where there are any' },
  },
  403: {
    name: 'Forbidden',
    description: 'The account is blocked or has not the right, or the space has expired',
    code: 'auth.not_admin',
  },
  404: { name: 'NotFound', description: 'No such thing here', code: 'resource.not_found' },
  410: { name: 'Gone', description: 'It has expired', code: 'token.expired' },
  422: { name: 'Invalid', description: 'Refused fields', code: 'validation.failed' },
  429: {
    name: 'TooManyRequests',
    description: 'Too many requests',
    code: 'request.too_many',
    header: { name: 'Retry-After', description: 'Seconds to wait' },
  },
  503: {
    name: 'Unavailable',
    description: 'Something that is needed cannot be reached',
    code: 'service.unavailable',
  },
  default: {
    name: 'Refused',
    description:
      'Any other refusal: 403 in a space that has expired, 404 at a host of no space, 405 with `Allow`, 413 for a long body, 500, 503',
    code: 'server.error',
  },
};

/** The shared responses of the document. */
export function refusalComponents(
  components: SchemaComponents,
): Readonly<Record<string, ResponseObject>> {
  return Object.fromEntries(
    Object.values(refusals).map((refusal) => [refusal.name, shared(refusal, components)]),
  );
}

function shared(refusal: Refusal, components: SchemaComponents): ResponseObject {
  const { description, code, header } = refusal;
  const invalid = code === 'validation.failed';
  const schema = jsonSchema(
    invalid ? validationErrorBodySchema : errorBodySchema,
    'output',
    components,
  );
  const example = invalid
    ? {
        message: 'The username field is required.',
        code,
        errors: { username: ['The username field is required.'] },
      }
    : { message: translate('en', code), code };
  return {
    description,
    ...(header === undefined
      ? {}
      : {
          headers: {
            [header.name]: { description: header.description, schema: { type: 'string' } },
          },
        }),
    content: {
      'application/json': { schema, example },
      'text/html': { schema: { type: 'string', description: 'For browsers' } },
    },
  };
}

/** A refusal as one response of an operation: the shared one, with what it means there. */
export function refusal(status: number | 'default', description?: string): ResponseObject {
  const known = refusals[status] ?? refusals['default'];
  const name = known?.name ?? 'Refused';
  const $ref = `#/components/responses/${name}`;
  return description === undefined ? { $ref } : { $ref, description };
}

/** The refusals that follow from what a route takes and from whom. */
export function impliedRefusals(route: Route): Readonly<Record<string, ResponseObject>> {
  const { method, audience, params, query, body, rateLimit } = route;
  const statuses = new Set<number>();
  if (method !== 'GET' || params !== undefined) statuses.add(400);
  for (const status of ofAudience[audience]) statuses.add(status);
  if (params !== undefined) statuses.add(404);
  if (body !== undefined || query !== undefined) statuses.add(422);
  const all = Object.fromEntries(Array.from(statuses, (status) => [status, refusal(status)]));
  if (rateLimit === undefined) return { ...all, default: refusal('default') };
  const { limit, windowSeconds, by } = rateLimit;
  const budget = `More than ${limit} in ${windowSeconds} s per ${by === 'ip' ? 'address' : 'account'}`;
  return { ...all, 429: refusal(429, budget), default: refusal('default') };
}

const ofAudience: Readonly<Record<Audience, readonly number[]>> = {
  public: [],
  account: [401, 403],
  provisioning: [401, 403],
  admin: [401, 403],
  superAdmin: [401, 403],
  // Browsers that are not signed in are sent to the login page: their routes declare 302.
  session: [403],
};
