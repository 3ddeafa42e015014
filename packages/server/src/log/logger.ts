import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino';
import type { Config } from '../config/env.ts';
import { readableLines } from './readable-lines.ts';
import { CENSORED, redactedPaths, scrub } from './redact.ts';

/** Structured log; secrets are removed before anything is written (redact.ts). */
export type Logger = PinoLogger;

/** @param destination takes the log as JSON lines */
export function createLogger(
  config: Pick<Config, 'log'>,
  destination: DestinationStream = logDestination(process.stdout),
): Logger {
  const options = {
    level: config.log.level,
    base: null,
    redact: { paths: redactedPaths(), censor: CENSORED },
    serializers: { err: serializeError, error: serializeError },
  };
  return pino(options, destination);
}

/** Standard output or standard error. */
interface LogStream {
  readonly fd: number;
  readonly isTTY: boolean;
  write(text: string): unknown;
}

/** Readable lines where a person looks on, JSON lines for programs and files. */
export function logDestination(stream: LogStream): DestinationStream {
  return stream.isTTY
    ? readableLines((text) => void stream.write(text))
    : pino.destination({ fd: stream.fd, sync: true });
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
