import { crc32, deflateSync } from 'node:zlib';
import { QUIET_ZONE, type QrMatrix } from './qr-matrix.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Pixels a module below which readers give up. */
const MIN_SCALE = 2;

function chunk(type: string, data: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length, 0);
  head.write(type, 4, 'latin1');
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(data, crc32(head.subarray(4))), 0);
  return Buffer.concat([head, data, tail]);
}

/** Sets `count` pixels from `from` to black (0) in a row of white ones, one bit a pixel. */
function blacken(row: Uint8Array, from: number, count: number): void {
  for (let x = from; x < from + count; x++) {
    const at = x >> 3;
    row[at] = (row[at] ?? 0) & ~(0x80 >> (x & 7));
  }
}

/**
 * A square PNG of one bit a pixel, `size` pixels wide, the code centred in whole-pixel modules
 * with at least its quiet zone around it.
 *
 * @param size pixels; too small for the code: the image grows.
 */
export function qrPng(matrix: QrMatrix, size: number): Buffer {
  const modules = matrix.length;
  const scale = Math.max(MIN_SCALE, Math.floor(size / (modules + 2 * QUIET_ZONE)));
  const width = Math.max(size, (modules + 2 * QUIET_ZONE) * scale);
  const margin = Math.floor((width - modules * scale) / 2);
  const stride = 1 + Math.ceil(width / 8);

  // Each row starts with filter type 0 (none).
  const pixels = Buffer.alloc(stride * width, 0xff);
  for (let y = 0; y < width; y++) pixels[y * stride] = 0;
  for (const [index, cells] of matrix.entries()) {
    const start = (margin + index * scale) * stride;
    const first = pixels.subarray(start, start + stride);
    const row = first.subarray(1);
    for (const [x, dark] of cells.entries()) if (dark) blacken(row, margin + x * scale, scale);
    for (let copy = 1; copy < scale; copy++) first.copy(pixels, start + copy * stride);
  }

  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(width, 4);
  header[8] = 1; // bit depth; colour type 0 (greyscale) and the rest stay 0
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels, { level: 6 })),
    chunk('IEND', new Uint8Array()),
  ]);
}
