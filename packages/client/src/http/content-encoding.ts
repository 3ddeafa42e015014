import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { HttpError } from './http-error.ts';

/** Zlib header: compression method 8, check bits divisible by 31. RFC 1950 §2.2. */
function hasZlibHeader(bytes: Uint8Array): boolean {
  const [first = 0, second = 0] = bytes;
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
}

/**
 * Undoes Content-Encoding. None is ever asked for, but some servers compress all the same.
 *
 * @throws HttpError `http-bad-body` when it is unknown or damaged, or the result is too long.
 */
export async function decodeContent(
  body: Uint8Array,
  encoding: string | null,
  maxBytes: number,
): Promise<Uint8Array> {
  const name = (encoding ?? '').trim().toLowerCase();
  if (body.length === 0 || name === '' || name === 'identity') return body;
  const limit = { maxOutputLength: maxBytes };
  try {
    switch (name) {
      case 'gzip':
      case 'x-gzip':
        return await promisify(gunzip)(body, limit);
      case 'deflate':
        // The name means the zlib format, but raw deflate is met too.
        return await promisify(hasZlibHeader(body) ? inflate : inflateRaw)(body, limit);
      case 'br':
        return await promisify(brotliDecompress)(body, limit);
      default:
        throw new Error(`unknown content encoding ${name}`);
    }
  } catch (cause) {
    throw new HttpError('http-bad-body', 'the body cannot be decoded', { cause });
  }
}
