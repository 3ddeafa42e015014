/** The part of qrcode that the benchmarks use; it brings no types of its own. */
declare module 'qrcode' {
  interface Options {
    readonly errorCorrectionLevel: 'L' | 'M' | 'Q' | 'H';
    /** Pixels. */
    readonly width: number;
    readonly type?: 'svg';
  }
  const QRCode: {
    toBuffer(text: string, options: Options): Promise<Buffer>;
    toString(text: string, options: Options): Promise<string>;
  };
  export default QRCode;
}
