import { systemRandom } from '@dialtone/sip';
import { FakeClock } from '@dialtone/sip/testing';
import { beforeAll, expect, it } from 'vitest';
import { selectCallerByEmail } from '../auth/caller.repository.ts';
import { readConfig } from '../config/env.ts';
import { silentLogger } from '../log/logger.ts';
import { findByEmail } from '../recovery/recovery.service.ts';
import type { Space } from '../spaces/space.ts';
import { createSpace } from '../spaces/space.service.ts';
import { describeEachEngine } from '../testing/each-engine.ts';
import type { AccountsPlatform } from './account-hooks.ts';
import { selectAccountsByEmail } from './account.repository.ts';
import { createAccount } from './create-account.ts';
import { isSameEmail } from './same-email.ts';

const email = 'marie@example.org';
const domain = 'sip.example.com';

describeEachEngine('the owner of an e-mail address', (open) => {
  let platform: AccountsPlatform;
  let space: Space;
  beforeAll(async () => {
    const { db } = await open();
    const config = readConfig({});
    platform = { db, clock: new FakeClock(), random: systemRandom, log: silentLogger(), config };
    space = await createSpace(platform, { domain, host: domain, name: domain });
    const account = { username: 'marie', password: 'secret', ipAddress: '127.0.0.1', email };
    await createAccount(platform, space, account);
  });

  it('is found by it', async () => {
    expect(await selectAccountsByEmail(platform.db, email, domain)).toHaveLength(1);
    expect(await selectCallerByEmail(platform.db, email, domain)).toBeDefined();
    expect(await findByEmail(platform, space, email, undefined)).toMatchObject({ email });
  });

  it.each(['marié@example.org', 'marie@éxample.org', 'ｍarie@example.org'])(
    'is not who owns %s, and gets no code there',
    async (lookAlike) => {
      expect(await selectAccountsByEmail(platform.db, lookAlike, domain)).toEqual([]);
      expect(await selectCallerByEmail(platform.db, lookAlike, domain)).toBeUndefined();
      const found = await findByEmail(platform, space, lookAlike, undefined);
      expect(found?.email ?? email).toBe(email);
    },
  );
});

it('an address is the same in letters of any case, of ASCII only', () => {
  expect(isSameEmail('Marie@Example.org', 'marie@eXample.org')).toBe(true);
  expect(isSameEmail('mark@example.org', 'mar\u212A@example.org')).toBe(false);
  expect(isSameEmail(null, '')).toBe(false);
});
