import { systemRandom } from '@dialtone/sip';
import { FakeClock } from '@dialtone/sip/testing';
import { beforeAll, expect, it } from 'vitest';
import { selectApiKey } from '../auth/api-key.repository.ts';
import { createAdminKey } from '../auth/api-keys.service.ts';
import { selectCallerByAddress, selectCallerByEmail } from '../auth/caller.repository.ts';
import { readConfig } from '../config/env.ts';
import { silentLogger } from '../log/logger.ts';
import { setCountryActivated } from '../phone-countries/phone-country.repository.ts';
import { findByEmail } from '../recovery/recovery.service.ts';
import type { Space } from '../spaces/space.ts';
import { createSpace, deleteSpace, findSpaceByHost } from '../spaces/space.service.ts';
import { describeEachEngine } from '../testing/each-engine.ts';
import { createAuthToken, findAuthToken } from '../tokens/auth-token.ts';
import type { Account } from './account.ts';
import type { AccountsPlatform } from './account-hooks.ts';
import { selectAccount, selectAccountsByEmail } from './account.repository.ts';
import { deleteAccount, searchAccount } from './account.service.ts';
import { createAccount } from './create-account.ts';
import { findCredentials } from './password/find-credentials.ts';

const email = 'marie@example.org';
const domain = 'sip.example.com';

/** What MariaDB (accents, width, trailing blanks) or PostgreSQL (capitals with accents) take for `marie`. */
const names = ['marié', 'ｍarie', 'marie ', 'marie\u00a0', 'mari\u00ade', 'marie\u0301'];

describeEachEngine('what looks like a name', (open) => {
  let platform: AccountsPlatform;
  let space: Space;
  let marie: Account;
  let key: string;
  let token: string;

  beforeAll(async () => {
    const { db } = await open();
    // Whoever widens the expression may have any name.
    const config = readConfig({ ACCOUNT_USERNAME_REGEX: '^.*$' });
    platform = { db, clock: new FakeClock(), random: systemRandom, log: silentLogger(), config };
    space = await createSpace(platform, { domain, host: domain, name: domain });
    marie = await create('marie', email);
    key = await createAdminKey(platform, { accountId: marie.id, name: 'k' });
    ({ token } = await createAuthToken(platform, {}, marie.id));
  });

  const create = (username: string, address?: string): Promise<Account> =>
    createAccount(platform, space, {
      username,
      password: 'secret',
      ipAddress: '127.0.0.1',
      email: address,
    });

  it('is not the account of that name', async () => {
    const { db } = platform;
    for (const username of names) {
      expect(await selectAccount(db, { username, domain })).toBeUndefined();
      expect(await findCredentials(db, username, domain)).toBeUndefined();
      expect(await selectCallerByAddress(db, { username, domain })).toBeUndefined();
      await expect(searchAccount(platform, space, `${username}@${domain}`)).rejects.toThrow(
        'account.not_found',
      );
    }
    expect(await selectAccount(db, { username: 'MARIE', domain })).toMatchObject({ id: marie.id });
    expect(await findCredentials(db, 'Marie', 'SIP.example.com')).toBeDefined();
  });

  it('is no key and no token', async () => {
    const { db } = platform;
    for (const change of [(text: string) => `${text} `, (text: string) => text.toUpperCase()]) {
      expect(await selectApiKey(db, change(key))).toBeUndefined();
      expect(await findAuthToken(platform, change(token))).toBeUndefined();
    }
    expect(await selectApiKey(db, key)).toBeDefined();
    expect(await findAuthToken(platform, token)).toBeDefined();
  });

  it('is no space, and no country', async () => {
    for (const host of ['síp.example.com', 'sip.example.com ', 'ｓip.example.com']) {
      expect(await findSpaceByHost(platform, host)).toBeUndefined();
      await expect(deleteSpace(platform, host)).rejects.toThrow('space.not_found');
    }
    expect(await setCountryActivated(platform.db, 'FŔ', true, 0)).toBe(0);
    expect(await setCountryActivated(platform.db, 'FR ', true, 0)).toBe(0);
  });

  it('is refused as a name of one’s own only where the database cannot tell it apart', async () => {
    const [made] = await Promise.allSettled([create('mari\u00e9')]);
    const refused = { fields: { username: ['validation.unique'] } };
    expect(made?.status === 'fulfilled' ? refused : made?.reason).toMatchObject(refused);
    // The one that was there is still who it was.
    expect(await selectAccount(platform.db, { username: 'marie', domain })).toMatchObject({
      id: marie.id,
    });
  });

  it('is not kept taken by the memory of a deleted account', async () => {
    const { id } = await create('noel');
    await deleteAccount(platform, id);
    await expect(create('noel')).rejects.toThrow('validation.failed');
    const other = await create('noël');
    expect(other).toMatchObject({ username: 'noël' });
    await deleteAccount(platform, other.id);
    expect(await selectAccount(platform.db, { id: other.id })).toBeUndefined();
  });

  it('the owner of an address is found by it', async () => {
    const { db } = platform;
    expect(await selectAccountsByEmail(db, email, domain)).toHaveLength(1);
    expect(await selectCallerByEmail(db, email, domain)).toBeDefined();
    expect(await findByEmail(platform, space, email, undefined)).toMatchObject({ email });
  });

  it.each(['marié@example.org', 'marie@éxample.org', 'ｍarie@example.org'])(
    'the owner of an address is not who owns %s, and gets no code there',
    async (lookAlike) => {
      const { db } = platform;
      expect(await selectAccount(db, { email: lookAlike, domain })).toBeUndefined();
      expect(await selectAccountsByEmail(db, lookAlike, domain)).toEqual([]);
      expect(await selectCallerByEmail(db, lookAlike, domain)).toBeUndefined();
      const found = await findByEmail(platform, space, lookAlike, undefined);
      expect(found?.email ?? email).toBe(email);
    },
  );
});
