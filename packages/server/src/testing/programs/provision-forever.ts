/**
 * Program: `provision-forever.ts DATABASE-URL ACCOUNTS`. Provisions accounts by the tokens `token1` …,
 * eight at a time, every other one with a new password, and prints the token and the HA1 of every document
 * it could hand out, until it is killed. Tokens that somebody else has spent are passed over.
 */
import { systemClock, systemRandom } from '@dialtone/sip';
import { writeSync } from 'node:fs';
import { readConfig } from '../../config/env.ts';
import { openDatabase } from '../../db/database.ts';
import { ServiceError } from '../../errors/service-error.ts';
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
  preview: false,
};

let next = 1;
async function provision(): Promise<void> {
  while (next <= Number(accounts)) {
    const number = next++;
    const token = `token${number}`;
    try {
      const asked = { ...request, resetPassword: number % 2 === 0 };
      const xml = await provisionByToken(platform, asked, token);
      writeSync(1, `${token} ${/name="ha1"[^>]*>(\w+)</.exec(xml)?.[1] ?? ''}\n`);
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== 'token.not_found') throw error;
    }
  }
}
await Promise.all(Array.from({ length: 8 }, provision));
setInterval(() => {}, 60_000);
