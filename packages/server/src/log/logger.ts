import type { Logger as PinoLogger } from 'pino';

/** Structured log; secrets are removed before anything is written (see redact.ts). */
export type Logger = Pick<
  PinoLogger,
  'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'child' | 'level' | 'isLevelEnabled'
>;
