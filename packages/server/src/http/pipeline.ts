import { networkOf } from '@dialtone/sip';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { AuthenticationRefused } from '../auth/authentication-refused.ts';
import type { Guard } from '../auth/admission.ts';
import { isConnectionLost } from '../db/sql-errors.ts';
import { badRequest, isServiceError, ServiceError } from '../errors/service-error.ts';
import type { Platform } from '../platform.ts';
import { enforceLimit } from '../rate-limit/enforce.ts';
import type { RateLimiter } from '../rate-limit/rate-limiter.ts';
import { errorReply } from './error-reply.ts';
import { leaveUnread } from './leave-unread.ts';
import { normaliseInput } from './normalise.ts';
import { refuseNulInFields, refuseNulInParams, refuseNulInText } from './nul-characters.ts';
import { parseFields, readBytes } from './read-body.ts';
import { type Reply, type ReplyHeaders, withHeaders } from './reply.ts';
import type { RequestContext, RequestFacts } from './request-context.ts';
import { requestFacts } from './request-facts.ts';
import { resolveSpace } from './resolve-space.ts';
import type { Audience, RawInput, Route } from './route.ts';
import { sendReply } from './send-reply.ts';
import { validateInput } from './validate.ts';

/** What the steps of a request need. */
export interface Pipeline {
  readonly platform: Pick<Platform, 'db' | 'clock' | 'config' | 'log'>;
  readonly guards: Readonly<Record<Audience, Guard>>;
  readonly limiter: RateLimiter;
  /** Looks at every answer before it is sent; tests check it against the declaration. */
  readonly inspect?: ((route: Route, reply: Reply) => void) | undefined;
}

/** Makes a declared route answer requests, HEAD included. */
export function mountRoute(app: FastifyInstance, route: Route, pipeline: Pipeline): void {
  const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const answered = await answer(pipeline, route, request);
    leaveUnread(request, reply);
    return sendReply(reply, answered);
  };
  app.route({ method: route.method, url: route.path, handler });
  if (route.method === 'GET') app.route({ method: 'HEAD', url: route.path, handler });
}

/**
 * Every refusal becomes an answer here; a database that is away becomes `service.unavailable`, a defect
 * `server.error`, each with a log entry.
 */
export function replyToError(
  error: unknown,
  facts: RequestFacts,
  { log }: Pick<Platform, 'log'>,
): Reply {
  if (isServiceError(error)) return errorReply(error, facts);
  if (error instanceof AuthenticationRefused) return error.reply;
  if (isMalformedRequest(error)) return errorReply(badRequest(), facts);
  log.error({ err: error, method: facts.method }, 'request failed');
  if (isConnectionLost(error)) return errorReply(databaseAway(), facts);
  return errorReply(new ServiceError('internal', 'server.error'), facts);
}

/** Worth another try soon. */
function databaseAway(): ServiceError {
  return new ServiceError('unavailable', 'service.unavailable', { retryAfterSeconds: 5 });
}

/** The framework could not route it (an undecodable path), or the client went away in the middle. */
function isMalformedRequest(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const status: unknown = Reflect.get(error, 'statusCode');
  return (
    (typeof status === 'number' && status >= 400 && status < 500) ||
    Reflect.get(error, 'code') === 'ECONNRESET'
  );
}

async function answer(pipeline: Pipeline, route: Route, request: FastifyRequest): Promise<Reply> {
  const facts = requestFacts(request);
  const { rateLimit } = route;
  let admitted: ReplyHeaders = {};
  try {
    // The order is the contract (reference §3.1): host, JSON, credentials, rights, fields, effect.
    const space = await resolveSpace(pipeline.platform, facts.host);
    const raw = await readFields(pipeline, route, request, facts);
    if (rateLimit?.by === 'ip') {
      await enforceLimit(pipeline.limiter, rateLimit, networkOf(facts.ip));
    }
    const anonymous: RequestContext = { ...facts, space, caller: undefined };
    const { caller, headers } = await pipeline.guards[route.audience](anonymous);
    admitted = headers;
    if (rateLimit?.by === 'account') {
      await enforceLimit(pipeline.limiter, rateLimit, String(caller?.accountId ?? facts.ip));
    }
    refuseNulInParams(request.params);
    refuseNulInFields(raw);
    const context: RequestContext = { ...anonymous, caller };
    await route.authorize?.(context, raw);
    const body = await readBody(pipeline, route, request, raw);
    const input = validateInput(route, request.params, raw, body);
    const handle = facts.method === 'HEAD' ? (route.head ?? route.handler) : route.handler;
    const reply = await handle(context, input);
    pipeline.inspect?.(route, reply);
    return withHeaders(reply, admitted);
  } catch (error) {
    return withHeaders(replyToError(error, facts, pipeline.platform), admitted);
  }
}

/** Query and, on routes that take JSON or a form, body fields. */
async function readFields(
  pipeline: Pipeline,
  route: Route,
  request: FastifyRequest,
  facts: RequestFacts,
): Promise<RawInput> {
  const query = isFields(request.query) ? request.query : {};
  const stream = bodyStream(request);
  if (stream === undefined || (route.bodyFormat ?? 'json') !== 'json') {
    return normaliseInput(query, {});
  }
  const bytes = await readBytes(stream, bodyLimit(pipeline, route, request));
  return normaliseInput(query, parseFields(bytes, facts));
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** What the body schema of the route is given: the fields, or the content in the declared format. */
async function readBody(
  pipeline: Pipeline,
  route: Route,
  request: FastifyRequest,
  raw: RawInput,
): Promise<unknown> {
  const format = route.bodyFormat ?? 'json';
  if (format === 'json') return raw;
  const stream = bodyStream(request) ?? Readable.from([]);
  const maximum = bodyLimit(pipeline, route, request);
  if (format === 'stream') return stream;
  const bytes = await readBytes(stream, maximum);
  if (format === 'binary') return bytes;
  const text = bytes.toString('utf8');
  refuseNulInText(text);
  return text;
}

function bodyStream(request: FastifyRequest): Readable | undefined {
  return request.body instanceof Readable ? request.body : undefined;
}

/** The limit of the route; a length announced above it is refused before a byte is read. */
function bodyLimit({ platform }: Pipeline, route: Route, request: FastifyRequest): number {
  const maximum = route.bodyLimit ?? platform.config.http.bodyLimitBytes;
  if (Number(request.headers['content-length'] ?? 0) > maximum) {
    throw new ServiceError('tooLarge', 'request.too_large');
  }
  return maximum;
}
