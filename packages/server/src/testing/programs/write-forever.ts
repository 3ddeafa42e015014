/**
 * Program: `write-forever.ts DATABASE-URL`. Creates accounts, each with a mail in the same transaction,
 * and prints the number of each one that the database has acknowledged, until it is killed.
 */
import { systemClock } from '@dialtone/sip';
import { writeSync } from 'node:fs';
import { openDatabase } from '../../db/database.ts';
import { toDbDate } from '../../db/dates.ts';
import { insertReturningId } from '../../db/insert.ts';
import { transaction } from '../../db/transaction.ts';
import { enqueue } from '../../messaging/outbox.ts';

const { db } = openDatabase(process.argv[2] ?? '');

for (let n = 0; ; n++) {
  await transaction(db, async (trx) => {
    await insertReturningId(trx, 'accounts', {
      username: `user${n}`,
      domain: 'sip.example.org',
      ip_address: '',
      user_agent: '',
      created_at: toDbDate(systemClock.now()),
    });
    const mail = { kind: 'email', to: `user${n}@example.org`, subject: '', text: '' } as const;
    await enqueue({ db: trx, clock: systemClock }, mail);
  });
  writeSync(1, `${n}\n`);
}
