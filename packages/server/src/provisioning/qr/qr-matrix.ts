import { encodeQR } from 'qr';

/** How much of a code may be unreadable: 7, 15, 25, 30 %. */
export const ERROR_LEVELS = ['low', 'medium', 'quartile', 'high'] as const;
export type ErrorLevel = (typeof ERROR_LEVELS)[number];

/** Rows of modules, true = dark, without quiet zone. */
export type QrMatrix = readonly (readonly boolean[])[];

/** Light modules around a code that readers rely on (ISO/IEC 18004 §5.3.8). */
export const QUIET_ZONE = 4;

/** The modules of a QR code in byte mode, UTF-8. */
export function qrMatrix(text: string, level: ErrorLevel): QrMatrix {
  const framed = encodeQR(text, 'raw', { ecc: level, encoding: 'byte', border: 1 });
  return framed.slice(1, -1).map((row) => row.slice(1, -1));
}
