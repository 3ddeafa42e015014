import type { DestinationStream } from 'pino';

const LEVELS: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

/**
 * The log for a person at a terminal: `21:41:22 info  request method=GET status=200`, stacks below their
 * line. Takes the JSON lines of the logger and writes texts, each with its line end.
 */
export function readableLines(write: (text: string) => void): DestinationStream {
  return { write: (line) => write(readableLine(JSON.parse(line))) };
}

type LogRecord = Readonly<Record<string, unknown>>;

function readableLine({ time, level, msg, err, ...fields }: LogRecord): string {
  const words = [
    clockTime(Number(time)),
    (LEVELS[Number(level)] ?? String(level)).padEnd(5),
    ...(typeof msg === 'string' ? [printable(msg)] : []),
    ...Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${shown(value)}`),
  ];
  return `${words.join(' ')}\n${err === undefined ? '' : failure(err)}`;
}

function clockTime(ms: number): string {
  return new Date(ms).toTimeString().slice(0, 8);
}

function shown(value: unknown): string {
  const plain = typeof value === 'string' && /^[^\s"=]+$/u.test(value);
  return printable(plain ? value : (JSON.stringify(value) ?? ''));
}

/** The stack of a serialized error and of what caused it, indented. */
function failure(error: unknown): string {
  if (typeof error !== 'object' || error === null) return `    ${shown(error)}\n`;
  const { stack, message, cause }: LogRecord = { ...error };
  const lines = String(stack ?? message).split('\n');
  const own = lines.map((line) => `    ${printable(line)}\n`).join('');
  return cause === undefined ? own : `${own}    caused by\n${failure(cause)}`;
}

/** Without what a terminal would obey: names and messages may come from strangers. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '\uFFFD');
}
