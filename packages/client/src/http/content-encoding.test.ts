import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeContent } from './content-encoding.ts';

const text = 'text '.repeat(100);

describe('decodeContent', () => {
  it.each([
    ['gzip', gzipSync(text)],
    ['X-GZIP', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['br', brotliCompressSync(text)],
    ['identity', Buffer.from(text)],
    [null, Buffer.from(text)],
  ])('undoes %s', async (encoding, body) => {
    expect(Buffer.from(await decodeContent(body, encoding, 1000)).toString()).toBe(text);
  });

  it('refuses what grows beyond the limit, is damaged or unknown', async () => {
    const bad = expect.objectContaining({ code: 'http-bad-body' });
    await expect(decodeContent(gzipSync(Buffer.alloc(1e6)), 'gzip', 1000)).rejects.toEqual(bad);
    await expect(decodeContent(Buffer.from('no'), 'gzip', 1000)).rejects.toEqual(bad);
    await expect(decodeContent(Buffer.from('no'), 'zip', 1000)).rejects.toEqual(bad);
  });
});
