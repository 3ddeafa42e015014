import { readFile } from 'node:fs/promises';
import { UsageError } from '../output/usage-error.ts';

/** Reads a file that the command line names. @throws UsageError */
export async function readTextFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    throw new UsageError(`Cannot read ${file} (${String(code)}).`);
  }
}
