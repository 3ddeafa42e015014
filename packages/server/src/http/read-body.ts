import { parse as parseQuery } from 'node:querystring';
import type { Readable } from 'node:stream';
import { badRequest, ServiceError } from '../errors/service-error.ts';
import type { RequestFacts } from './request-context.ts';

/** JSON nested deeper than this is refused: no body of this API comes near. */
const maxJsonDepth = 32;

/**
 * The whole body.
 * @throws ServiceError `request.too_large` as soon as `limitBytes` are exceeded
 */
export async function readBytes(stream: Readable, limitBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  // Not destroyed on refusal: the connection still has to carry the answer.
  const parts: AsyncIterable<Buffer> = stream.iterator({ destroyOnReturn: false });
  for await (const chunk of parts) {
    size += chunk.length;
    if (size > limitBytes) throw new ServiceError('tooLarge', 'request.too_large');
    chunks.push(chunk);
  }
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
}

/**
 * The fields of a JSON or form body (reference §1.2). A caller that expects JSON must send JSON,
 * whatever the body is labelled; from others the label decides. Multipart bodies read as empty.
 * @throws ServiceError `request.invalid_json`, `request.unsupported_media_type`
 */
export function parseFields(
  bytes: Buffer,
  facts: Pick<RequestFacts, 'expectsJson' | 'header'>,
): Readonly<Record<string, unknown>> {
  const type = facts.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (bytes.length === 0 || type === 'multipart/form-data') return {};
  if (facts.expectsJson || type === '' || type.endsWith('/json') || type.endsWith('+json')) {
    return parseJsonObject(bytes);
  }
  if (type === 'application/x-www-form-urlencoded')
    return { ...parseQuery(bytes.toString('utf8')) };
  throw new ServiceError('unsupportedMediaType', 'request.unsupported_media_type');
}

function parseJsonObject(bytes: Buffer): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw badRequest('request.invalid_json');
  }
  // What PHP clients send for an object without members.
  if (Array.isArray(value) && value.length === 0) return {};
  if (!isRecord(value) || isDeeperThan(value, maxJsonDepth))
    throw badRequest('request.invalid_json');
  return value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((item) => isDeeperThan(item, depth - 1));
}
