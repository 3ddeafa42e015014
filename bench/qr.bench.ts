import QRCode from 'qrcode';
import { qrMatrix } from '../packages/server/src/provisioning/qr/qr-matrix.ts';
import { qrPng } from '../packages/server/src/provisioning/qr/qr-png.ts';
import { qrSvg } from '../packages/server/src/provisioning/qr/qr-svg.ts';
import { type BenchResult, compare, formatTable } from './bench.ts';

let turn = 0;
/** A new URL each time, as every token is new. */
const url = (): string =>
  `https://sip.example.org/provisioning/${String((turn += 1)).padStart(13, 'T')}?reset_password=1`;

const size = 300;

/** QR codes of provisioning URLs at 300 pixels, error correction high, beside the `qrcode` package. */
export async function run(): Promise<readonly BenchResult[]> {
  return [
    ...(await compare('QR code as PNG', [
      { name: 'Dialtone (one bit a pixel)', run: () => qrPng(qrMatrix(url(), 'high'), size) },
      {
        name: 'qrcode',
        run: () => QRCode.toBuffer(url(), { errorCorrectionLevel: 'H', width: size }),
      },
    ])),
    ...(await compare('QR code as SVG', [
      { name: 'Dialtone', run: () => qrSvg(qrMatrix(url(), 'high'), size) },
      {
        name: 'qrcode',
        run: () => QRCode.toString(url(), { type: 'svg', errorCorrectionLevel: 'H', width: size }),
      },
    ])),
  ];
}

if (import.meta.main) console.log(formatTable(await run()));
