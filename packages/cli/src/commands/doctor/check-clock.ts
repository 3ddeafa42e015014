import { databaseTime, type openDatabase } from '@dialtone/server';
import { type Finding, ok, warn } from './finding.ts';

const CHECK = 'clock';

/** Tokens, codes and sessions that live for minutes bear a deviation like this. */
const TOLERANCE_MS = 30_000;

/** Whether this machine and its database server agree about the time; nothing when the database is a file. */
export async function checkClock(
  database: ReturnType<typeof openDatabase>,
): Promise<readonly Finding[]> {
  const asked = Date.now();
  const theirs = await databaseTime(database);
  return theirs === undefined ? [] : [judgeClock(theirs - (asked + Date.now()) / 2)];
}

/** @param deviationMs how far the clock of the database server is ahead */
export function judgeClock(deviationMs: number): Finding {
  if (Math.abs(deviationMs) <= TOLERANCE_MS) return ok(CHECK, 'agrees with the database server');
  const seconds = Math.round(Math.abs(deviationMs) / 1000);
  return warn(
    CHECK,
    `that of the database server is ${seconds} s ${deviationMs > 0 ? 'ahead' : 'behind'}`,
    'Let every machine follow a time server (timedatectl set-ntp true): codes and tokens expire by these clocks.',
  );
}
