import { QUIET_ZONE, type QrMatrix } from './qr-matrix.ts';

// Black on white whatever the terminal's colours are: many readers refuse inverted codes.
const BLACK_ON_WHITE = '\u001b[38;5;16;48;5;231m';
const RESET = '\u001b[0m';

/** Upper and lower module of a character cell. */
const BLOCKS: Readonly<Record<string, string>> = {
  'false,false': ' ',
  'true,false': '▀',
  'false,true': '▄',
  'true,true': '█',
};

/**
 * The code as lines of UTF-8 half blocks, two modules a character.
 *
 * @param colour set the colours explicitly; false for output that is not a terminal.
 */
export function qrTerminal(matrix: QrMatrix, colour: boolean): string {
  const isDark = (x: number, y: number): boolean =>
    matrix[y - QUIET_ZONE]?.[x - QUIET_ZONE] ?? false;
  const width = matrix.length + 2 * QUIET_ZONE;
  const lines: string[] = [];
  for (let y = 0; y < width; y += 2) {
    let line = '';
    for (let x = 0; x < width; x++) line += BLOCKS[`${isDark(x, y)},${isDark(x, y + 1)}`] ?? ' ';
    lines.push(colour ? `${BLACK_ON_WHITE}${line}${RESET}` : line);
  }
  return lines.join('\n');
}
