/**
 * Program: `send-forever.ts DATABASE-URL SMTP-PORT`. Sends the outbox by SMTP until it is killed.
 */
import { systemClock, systemRandom } from '@dialtone/sip';
import { pino } from 'pino';
import { readConfig } from '../../config/env.ts';
import { openDatabase } from '../../db/database.ts';
import { OutboxWorker } from '../../messaging/outbox-worker.ts';
import { createTransports } from '../../messaging/transports.ts';

const [url = '', port = ''] = process.argv.slice(2);
const platform = {
  db: openDatabase(url).db,
  clock: systemClock,
  random: systemRandom,
  log: pino({ level: 'silent' }),
  config: readConfig({ MAIL_HOST: '127.0.0.1', MAIL_PORT: port }),
};
new OutboxWorker(platform, createTransports(platform)).start();
setInterval(() => {}, 60_000);
