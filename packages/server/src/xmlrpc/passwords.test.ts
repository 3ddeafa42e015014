import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../accounts/account.ts';
import { selectPasswords, type StoredPassword } from '../accounts/password/password.repository.ts';
import { setPasswordHashes } from '../accounts/password/password.service.ts';
import { buildXmlRpcTest, domain, ha1, type XmlRpcTest } from './testing/xmlrpc-test.ts';

let test: XmlRpcTest;
let alice: Account;
beforeEach(async () => {
  test = await buildXmlRpcTest({ config: { USE_DIGEST_AUTH: 'false' } });
  alice = await test.createAccount({ username: 'alice', activated: true });
});
afterEach(() => test.close());

const of = (password: string) => ({
  md5: ha1('alice', password, 'MD5'),
  sha256: ha1('alice', password),
});
const [old, next] = [of('secret'), of('next')];
const stored = (hashes: Partial<typeof old>): StoredPassword[] => [
  ...(hashes.md5 === undefined ? [] : [{ algorithm: 'MD5' as const, ha1: hashes.md5 }]),
  ...(hashes.sha256 === undefined ? [] : [{ algorithm: 'SHA-256' as const, ha1: hashes.sha256 }]),
];
const store = (hashes: Partial<typeof old>) =>
  setPasswordHashes(test.platform, alice.id, stored(hashes));
const current = () => selectPasswords(test.platform.db, alice.id);

describe('update_hash', () => {
  const update = (oldHash: string, newHash: string, algorithm = 'SHA-256', username = 'alice') =>
    test.rpc('update_hash', username, oldHash, newHash, domain, algorithm);

  it('xmlrpc 12: afterwards the old hash is refused, the new one accepted', async () => {
    expect(await update(old.sha256, next.sha256)).toBe('OK');
    expect(await update(old.sha256, next.sha256)).toBe('ERROR_PASSWORD_DOESNT_MATCH');
    expect(await update(next.sha256, old.sha256)).toBe('OK');
    expect(await current()).toEqual(stored({ sha256: old.sha256 }));
  });

  it('is also called update_password', async () => {
    const args = ['alice', old.sha256, next.sha256.toUpperCase(), domain];
    expect(await test.rpc('update_password', ...args)).toBe('OK');
    expect(await current()).toEqual(stored({ sha256: next.sha256 }));
  });

  it('xmlrpc 11: with a wrong old hash, or for an unknown account, changes nothing', async () => {
    expect(await update(of('guess').sha256, next.sha256)).toBe('ERROR_PASSWORD_DOESNT_MATCH');
    expect(await update(old.md5, next.md5, 'MD5')).toBe('ERROR_PASSWORD_DOESNT_MATCH');
    expect(await update(old.sha256, next.sha256, 'SHA-256', 'nobody')).toBe(
      'ERROR_ACCOUNT_DOESNT_EXIST',
    );
    expect(await current()).toEqual(stored({ sha256: old.sha256 }));
  });

  it('wants both hashes, and one that fits its algorithm', async () => {
    expect(await test.rpc('update_hash')).toBe('ERROR_USERNAME_PARAMETER_NOT_FOUND');
    expect(await test.rpc('update_hash', 'alice')).toBe('ERROR_OLD_HASH_NOT_FOUND');
    expect(await test.rpc('update_hash', 'alice', old.sha256)).toBe('ERROR_NEW_HASH_NOT_FOUND');
    expect(await update(old.sha256, 'next')).toBe('ERROR_ALGO_NOT_SUPPORTED');
    expect(await update(old.sha256, next.md5)).toBe('ERROR_ALGO_NOT_SUPPORTED');
    expect(await update(old.sha256, next.sha256, 'clrtxt')).toBe('ERROR_ALGO_NOT_SUPPORTED');
    expect(await current()).toEqual(stored({ sha256: old.sha256 }));
  });

  it('xmlrpc X11: removes passwords of the other algorithm, which would stay the old one', async () => {
    await store(old);
    expect(await update(old.sha256, next.sha256)).toBe('OK');
    expect(await current()).toEqual(stored({ sha256: next.sha256 }));
  });
});

describe('methods for both algorithms', () => {
  const call = (name: string, ...hashes: (string | null)[]) =>
    test.rpc(name, 'alice', ...hashes, domain);

  it('update_passwords stores both, whichever the old one was', async () => {
    expect(await call('update_passwords', of('guess').md5, next.md5, next.sha256)).toBe(
      'ERROR_PASSWORD_DOESNT_MATCH',
    );
    expect(await call('update_passwords', old.sha256, next.md5, next.sha256)).toBe('OK');
    expect(await current()).toEqual(stored(next));
    expect(await call('update_passwords', next.md5, old.md5, old.sha256)).toBe('OK');
    expect(await call('update_passwords', null, old.md5, old.sha256)).toBe(
      'ERROR_OLD_HASH_NOT_FOUND',
    );
    expect(await call('update_passwords', old.md5, null, old.sha256)).toBe(
      'ERROR_MD5_HASH_NOT_FOUND',
    );
    expect(await call('update_passwords', old.md5, old.md5, null)).toBe(
      'ERROR_SHA256_HASH_NOT_FOUND',
    );
  });

  it('upgrade_password turns MD5 into SHA-256', async () => {
    expect(await call('upgrade_password', old.md5, old.sha256)).toBe(
      'ERROR_SHA256_PASSWORD_ALREADY_EXISTS',
    );
    await store({ md5: old.md5 });
    expect(await call('upgrade_password', next.md5, old.sha256)).toBe(
      'ERROR_PASSWORD_DOESNT_MATCH',
    );
    expect(await call('upgrade_password', old.md5, old.sha256)).toBe('OK');
    expect(await current()).toEqual(stored({ sha256: old.sha256 }));
  });

  it('check_authentication accepts a hash of either', async () => {
    await store(old);
    expect(await call('check_authentication', old.md5)).toBe('OK');
    expect(await call('check_authentication', old.sha256)).toBe('OK');
    expect(await call('check_authentication', next.sha256)).toBe('ERROR_PASSWORD_DOESNT_MATCH');
    expect(await call('check_authentication', null)).toBe('ERROR_PASSWORD_DOESNT_MATCH');
  });

  it('check_authentication_and_upgrade_password adds SHA-256 to MD5', async () => {
    const name = 'check_authentication_and_upgrade_password';
    expect(await call(name, null, old.sha256)).toBe('OK');
    expect(await call(name, next.md5, next.sha256)).toBe('ERROR_PASSWORD_DOESNT_MATCH');
    await store({ md5: old.md5 });
    expect(await call(name, old.md5, old.sha256)).toBe('OK');
    expect(await current()).toEqual(stored(old));
  });

  it.each([
    'update_passwords',
    'upgrade_password',
    'check_authentication',
    'check_authentication_and_upgrade_password',
  ])('%s: an unknown account does not exist', async (name) => {
    const hashes = name === 'update_passwords' ? [old.md5] : [];
    const args = [...hashes, old.md5, old.sha256, domain];
    expect(
      await test.rpc(name, 'nobody', ...args.slice(name === 'check_authentication' ? 2 : 0)),
    ).toBe('ERROR_ACCOUNT_DOESNT_EXIST');
  });
});
