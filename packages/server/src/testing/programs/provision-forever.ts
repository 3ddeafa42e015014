/**
 * Program: `provision-forever.ts DATABASE-URL ACCOUNTS`. Provisions accounts by the tokens `token1` …,
 * eight at a time, each with a new password, and prints the token and the HA1 of every document it could
 * hand out, until it is killed.
 */
import { systemClock, systemRandom } from '@dialtone/sip';
import { writeSync } from 'node:fs';
import { readConfig } from '../../config/env.ts';
import { openDatabase } from '../../db/database.ts';
import { silentLogger } from '../../log/logger.ts';
import { provisionByToken } from '../../provisioning/provisioning.service.ts';
import { getSpace } from '../../spaces/space.service.ts';

const [url = '', accounts = '0'] = process.argv.slice(2);
const { db } = openDatabase(url);
const platform = {
  db,
  clock: systemClock,
  random: systemRandom,
  log: silentLogger(),
  config: readConfig({}),
};
const request = {
  space: await getSpace(platform, 'sip.example.org'),
  origin: 'https://sip.example.org',
  ip: '127.0.0.1',
  userAgent: undefined,
  header: () => undefined,
  query: {},
  authenticated: false,
  resetPassword: true,
  preview: false,
};

let next = 1;
async function provision(): Promise<void> {
  while (next <= Number(accounts)) {
    const token = `token${next++}`;
    const xml = await provisionByToken(platform, request, token);
    writeSync(1, `${token} ${/name="ha1"[^>]*>(\w+)</.exec(xml)?.[1] ?? ''}\n`);
  }
}
await Promise.all(Array.from({ length: 8 }, provision));
setInterval(() => {}, 60_000);
