import { QUIET_ZONE, type QrMatrix } from './qr-matrix.ts';

/** Runs of dark modules of a row as rectangles of a path. */
function rowPath(cells: readonly boolean[], y: number): string {
  let path = '';
  let x = 0;
  while (x < cells.length) {
    const start = x;
    while (cells[x]) x++;
    if (x > start) path += `M${start + QUIET_ZONE} ${y + QUIET_ZONE}h${x - start}v1h-${x - start}z`;
    x++;
  }
  return path;
}

/** The code as SVG, `size` pixels wide, scalable. */
export function qrSvg(matrix: QrMatrix, size: number): string {
  const width = matrix.length + 2 * QUIET_ZONE;
  const path = matrix.map(rowPath).join('');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"` +
    ` viewBox="0 0 ${width} ${width}" shape-rendering="crispEdges">` +
    `<path fill="#fff" d="M0 0h${width}v${width}H0z"/><path d="${path}"/></svg>`
  );
}
