import { table } from './table.ts';

/** Text for a person, or JSON for a program, on standard output. */
export function print(value: unknown, json: boolean, text: () => string): void {
  process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${text()}\n`);
}

/** A list as an aligned table, or as a JSON array. */
export function printRows(
  rows: readonly Readonly<Record<string, unknown>>[],
  json: boolean,
  none: string,
): void {
  print(rows, json, () => (rows.length === 0 ? none : table(rows)));
}
