import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { ERROR_LEVELS, QUIET_ZONE, type QrMatrix, qrMatrix } from './qr-matrix.ts';
import { qrPng } from './qr-png.ts';
import { qrSvg } from './qr-svg.ts';
import { qrTerminal } from './qr-terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'dialtone-qr-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const url = 'https://sip.example.com/provisioning/Ab12Cd34Ef56G?reset_password=1';

/** What an independent decoder reads in a PNG. */
const decode = (png: Uint8Array, name: string): string => {
  const file = join(folder, `${name}.png`);
  writeFileSync(file, png);
  // Its complaints about a missing message bus are of no interest.
  const stdio = ['ignore', 'pipe', 'ignore'] as const;
  return execFileSync('zbarimg', ['--raw', '-q', file], {
    encoding: 'utf8',
    stdio: [...stdio],
  }).trim();
};

/** Modules out of the SVG's path. */
const fromSvg = (svg: string): QrMatrix => {
  const width = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]);
  const rows = Array.from({ length: width }, () => Array.from({ length: width }, () => false));
  for (const [, x, y, run] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let at = Number(x); at < Number(x) + Number(run); at++) {
      const row = rows[Number(y)];
      if (row) row[at] = true;
    }
  }
  return rows.slice(QUIET_ZONE, -QUIET_ZONE).map((row) => row.slice(QUIET_ZONE, -QUIET_ZONE));
};

const fromTerminal = (text: string): QrMatrix => {
  const rows = text
    .split('\n')
    .flatMap((line) => [
      [...line].map((block) => block === '▀' || block === '█'),
      [...line].map((block) => block === '▄' || block === '█'),
    ]);
  const modules = (rows[0]?.length ?? 0) - 2 * QUIET_ZONE;
  return rows
    .slice(QUIET_ZONE, QUIET_ZONE + modules)
    .map((row) => row.slice(QUIET_ZONE, QUIET_ZONE + modules));
};

describe('QR codes', () => {
  it.each(ERROR_LEVELS)('are read back from a 300 pixel PNG at level %s', (level) => {
    expect(decode(qrPng(qrMatrix(url, level), 300), level)).toBe(url);
  });

  it('are one bit a pixel and exactly as large as asked', () => {
    const png = qrPng(qrMatrix(url, 'high'), 300);
    expect([png.readUInt32BE(16), png.readUInt32BE(20), png[24], png[25]]).toEqual([
      300, 300, 1, 0,
    ]);
    expect(png.length).toBeLessThan(1500);
  });

  it('grow when the size asked cannot hold them', () => {
    expect(decode(qrPng(qrMatrix(url, 'high'), 1), 'tiny')).toBe(url);
  });

  it('hold the same modules as SVG and in a terminal', () => {
    fc.assert(
      fc.property(fc.webUrl(), fc.constantFrom(...ERROR_LEVELS), (text, level) => {
        const matrix = qrMatrix(text, level);
        expect(fromSvg(qrSvg(matrix, 300))).toEqual(matrix);
        expect(fromTerminal(qrTerminal(matrix, false))).toEqual(matrix);
      }),
      { numRuns: 20 },
    );
  });

  it('are black on white in a terminal of any colours', () => {
    const [line = ''] = qrTerminal(qrMatrix('x', 'low'), true).split('\n');
    expect(line.startsWith('\u001b[38;5;16;48;5;231m ')).toBe(true);
    expect(line.endsWith('\u001b[0m')).toBe(true);
  });
});
