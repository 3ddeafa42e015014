import { isIP } from 'node:net';
import { type Platform, readFigures, type Space } from '@dialtone/server';
import { isOwnAddress, reachableAddress } from './network/own-addresses.ts';

/** What a person who starts the server again should know: what changed, or was left undone. */
export async function hintsForLaterRuns(
  { db }: Pick<Platform, 'db'>,
  { domain, host, name, switches }: Space,
): Promise<readonly string[]> {
  const hints: string[] = [];
  if (isIP(host) !== 0 && !isOwnAddress(host)) {
    const command = `bin/dialtone space set ${domain} ${reachableAddress()} '${name}'`;
    hints.push(
      `Phones are sent to ${host}, which is no address of this machine. Unless a router passes it on:`,
      `  ${command}${switches.super ? ' --super' : ''}`,
    );
  }
  if ((await readFigures(db)).administrators === 0) {
    hints.push(
      'There is no administrator yet:',
      `  bin/dialtone admin create --username admin --domain ${domain} --password …`,
    );
  }
  return hints;
}
