import { readFile } from 'node:fs/promises';
import { UsageError } from '../output/usage-error.ts';

/** Reads a file that the command line names, UTF-8 with or without byte order mark. @throws UsageError */
export async function readTextFile(file: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    throw new UsageError(`Cannot read ${file} (${String(code)}).`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${file} is no text in UTF-8. Save it as UTF-8 and try again.`);
  }
}
