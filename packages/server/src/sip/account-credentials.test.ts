import { systemClock } from '@dialtone/sip';
import { beforeAll, expect, it } from 'vitest';
import type { Db } from '../db/database.ts';
import { createSpace } from '../spaces/space.service.ts';
import { describeEachEngine } from '../testing/each-engine.ts';
import { accountCredentials } from './account-credentials.ts';

describeEachEngine('the credentials of the registrar', (open) => {
  let db: Db;
  beforeAll(async () => {
    ({ db } = await open());
    const host = 'sip.example.com';
    await createSpace({ db, clock: systemClock }, { domain: host, host, name: 'Test' });
  });

  it.each(['nobody', 'al\0ice', '\ud800', '\u{1f600}'.repeat(200)])(
    'there is no account %j, and nobody learns that',
    async (username) => {
      const found = await accountCredentials({ db, clock: systemClock }).find(
        username,
        'SIP.example.com',
      );
      const realm = 'sip.example.com';
      expect(found).toEqual({ kind: 'nobody', realm, algorithms: ['SHA-256'] });
    },
  );
});
