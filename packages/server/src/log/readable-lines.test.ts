import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createLogger, logDestination } from './logger.ts';
import { readableLines } from './readable-lines.ts';

function recorder() {
  const texts: string[] = [];
  const destination = readableLines((text) => void texts.push(text));
  return {
    log: createLogger({ log: { level: 'debug' } }, destination),
    text: () => texts.join(''),
  };
}

it('writes a line with time, level, message and fields', () => {
  const { log, text } = recorder();
  log.info({ method: 'GET', status: 200, ip: '::1', name: 'two words' }, 'request');
  expect(text()).toMatch(
    /^\d\d:\d\d:\d\d info {2}request method=GET status=200 ip=::1 name="two words"\n$/u,
  );
});

it('writes the stack of an error and of its cause below the line', () => {
  const { log, text } = recorder();
  log.error({ err: new Error('no mail', { cause: new Error('refused') }) }, 'failed');
  expect(text()).toMatch(
    / error failed\n {4}Error: no mail\n {8}at [^]*\n {4}caused by\n {4}Error: refused\n/u,
  );
});

it('keeps from the terminal what it would obey, and secrets from everybody', () => {
  const { log, text } = recorder();
  log.warn({ err: new Error('\u001b[2J\u009b2J'), name: '\u001b[2J', password: 'S3cret' }, 'x\r\n');
  expect(text().replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  expect(text()).not.toContain('S3cret');
});

it('is what a terminal gets; a file gets JSON', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dialtone-log-'));
  const file = join(folder, 'log');
  const fd = openSync(file, 'w');
  const texts: string[] = [];
  const stream = { fd, write: (text: string) => void texts.push(text) };
  for (const isTTY of [true, false]) {
    createLogger({ log: { level: 'info' } }, logDestination({ ...stream, isTTY })).info(
      'listening',
    );
  }
  closeSync(fd);
  expect(texts.join('')).toMatch(/ info {2}listening\n$/u);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ level: 30, msg: 'listening' });
  rmSync(folder, { recursive: true });
});
