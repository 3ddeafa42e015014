import type { ErrorKind } from '@dialtone/contract';
import { type Locale, translate } from '@dialtone/phrases';
import { fieldTexts } from '../errors/field-texts.ts';
import type { ServiceError } from '../errors/service-error.ts';
import { errorPage } from '../pages/page.ts';
import { json, type Reply, withHeaders } from './reply.ts';
import type { RequestFacts } from './request-context.ts';

/** The only place that knows the HTTP status of a refusal. */
export const statusOf: Readonly<Record<ErrorKind, number>> = {
  badRequest: 400,
  unauthorized: 401,
  forbidden: 403,
  notFound: 404,
  methodNotAllowed: 405,
  gone: 410,
  pageExpired: 419,
  tooLarge: 413,
  unsupportedMediaType: 415,
  invalid: 422,
  tooManyRequests: 429,
  internal: 500,
  unavailable: 503,
};

type Reader = Pick<RequestFacts, 'locale' | 'expectsJson' | 'prefersHtml' | 'path'>;

/** The answer that tells a caller why, as JSON or as a page (reference §1.5). */
export function errorReply(error: ServiceError, reader: Reader): Reply {
  const status = statusFor(error, reader);
  const message = translate(reader.locale, error.code, error.params);
  const reply = readsJson(reader)
    ? json(errorBody(error, reader.locale, message), status)
    : errorPage(reader, status, message);
  return error.retryAfterSeconds === undefined
    ? reply
    : withHeaders(reply, { 'retry-after': String(Math.ceil(error.retryAfterSeconds)) });
}

/** FAM answers 490 for an expired space to everybody but JSON callers. */
function statusFor(error: ServiceError, reader: Reader): number {
  return error.code === 'space.expired' && !reader.expectsJson ? 490 : statusOf[error.kind];
}

/** Programs that forget the Accept header still get JSON from the API; only browsers get a page. */
function readsJson(reader: Reader): boolean {
  return reader.expectsJson || (!reader.prefersHtml && /^\/api(?:\/|$)/.test(reader.path));
}

function errorBody(error: ServiceError, locale: Locale, message: string) {
  if (error.kind !== 'invalid') return { message, code: error.code };
  const errors = fieldTexts(error.fields, locale);
  const [first = message, ...more] = Object.values(errors).flat();
  return { message: `${first}${andMore(more.length)}`, code: error.code, errors };
}

function andMore(count: number): string {
  if (count === 0) return '';
  return ` (and ${count} more ${count === 1 ? 'error' : 'errors'})`;
}
