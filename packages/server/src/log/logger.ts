import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino';
import type { Config } from '../config/env.ts';
import { CENSORED, redactedPaths, scrub } from './redact.ts';

/** Structured log; secrets are removed before anything is written (redact.ts). */
export type Logger = PinoLogger;

/** JSON lines on `destination`, default standard output. */
export function createLogger(config: Pick<Config, 'log'>, destination?: DestinationStream): Logger {
  const options = {
    level: config.log.level,
    base: null,
    redact: { paths: redactedPaths(), censor: CENSORED },
    serializers: { err: serializeError, error: serializeError },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** A logger for tests: says nothing. */
export function silentLogger(): Logger {
  return pino({ level: 'silent' });
}

/** Type, code, message and stack; never the other properties, where drivers keep statements and values. */
function serializeError(error: unknown): unknown {
  if (!(error instanceof Error)) return scrub(String(error));
  const code: unknown = Reflect.get(error, 'code');
  return {
    type: error.name,
    ...(typeof code === 'string' || typeof code === 'number' ? { errorCode: code } : {}),
    message: scrub(error.message),
    stack: scrub(error.stack ?? ''),
    ...(error.cause instanceof Error ? { cause: serializeError(error.cause) } : {}),
  };
}
