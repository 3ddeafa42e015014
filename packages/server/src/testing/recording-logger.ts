import { pino } from 'pino';
import type { Logger } from '../log/logger.ts';

/** A logger that keeps what it is told, one JSON text a line. */
export function recordingLogger(): { readonly log: Logger; readonly lines: readonly string[] } {
  const lines: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line) => void lines.push(line) });
  return { log, lines };
}
