import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigStore } from '../config/config-store.ts';
import { AuthInfo } from './auth-info.ts';
import { readAuthInfo, writeAuthInfo } from './auth-info-section.ts';
import { usableHa1 } from './secrets.ts';

describe('fields', () => {
  it('a hash without algorithm is MD5', () => {
    expect(new AuthInfo({ ha1: 'aa' }).algorithm).toBe('MD5');
    const info = new AuthInfo();
    info.ha1 = 'aa';
    expect(info.algorithm).toBe('MD5');
  });

  it('setting an algorithm makes it available; unknown ones are not', () => {
    const info = new AuthInfo();
    info.algorithm = 'SHA-256';
    info.algorithm = 'ROT13';
    info.addAvailableAlgorithm('MD5');
    expect(info.algorithm).toBe('ROT13');
    expect(info.availableAlgorithms).toEqual(['SHA-256', 'MD5']);
  });

  it('a changed field makes the hash outdated, a new hash does not', () => {
    const info = new AuthInfo({ username: 'a', ha1: 'aa', realm: 'r' });
    expect(info.ha1Outdated).toBe(false);
    info.password = 'new';
    expect(info.ha1Outdated).toBe(true);
    expect(usableHa1(info)).toBeUndefined();
    info.ha1 = 'bb';
    expect(usableHa1(info)).toBe('bb');
  });

  it('a clone has everything and is independent', () => {
    const info = new AuthInfo({
      username: 'a',
      userid: 'u',
      password: 'p',
      realm: 'r',
      domain: 'd',
    });
    info.accessToken = { token: 't', expiresAt: 5 };
    const copy = info.clone();
    expect(copy.isEqualButAlgorithms(info)).toBe(true);
    expect(copy.accessToken).toEqual(info.accessToken);
    copy.username = 'b';
    expect(info.username).toBe('a');
    expect(copy.isEqualButAlgorithms(info)).toBe(false);
  });
});

describe('[auth_info_N]', () => {
  it('is written with the right spelling and read with both', () => {
    const config = ConfigStore.inMemory();
    const info = new AuthInfo({ username: 'a', password: 'p' });
    info.tlsKeyPassword = 'k';
    writeAuthInfo(config, 0, info);
    expect(config.getString('auth_info_0', 'client_cert_key_password')).toBe('k');
    const typo = ConfigStore.fromString('[auth_info_0]\nclient_cert_key_passsword=k3\n');
    expect(readAuthInfo(typo, 0)?.tlsKeyPassword).toBe('k3');
  });

  it('tokens carry their end', () => {
    const config = ConfigStore.inMemory();
    const info = new AuthInfo({ username: 'a' });
    info.accessToken = { token: 'abc', expiresAt: 1_700_000_000 };
    writeAuthInfo(config, 0, info);
    expect(config.getString('auth_info_0', 'access_token')).toBe('abc 1700000000');
    expect(readAuthInfo(config, 0)?.accessToken).toEqual(info.accessToken);
  });

  it('undefined removes the section; a missing one reads as undefined', () => {
    const config = ConfigStore.inMemory();
    writeAuthInfo(config, 0, new AuthInfo({ username: 'a', password: 'p' }));
    writeAuthInfo(config, 0, undefined);
    expect(config.hasSection('auth_info_0')).toBe(false);
    expect(readAuthInfo(config, 0)).toBeUndefined();
  });

  it('what is written is read back', () => {
    const word = fc.option(fc.stringMatching(/^[a-zA-Z0-9@./]{1,12}$/));
    const fields = fc.record({
      username: word,
      userid: word,
      password: word,
      ha1: word,
      realm: word,
      domain: word,
      algorithm: fc.constantFrom('MD5', 'SHA-256'),
    });
    fc.assert(
      fc.property(fields, (values) => {
        const config = ConfigStore.inMemory();
        writeAuthInfo(config, 3, new AuthInfo(values));
        const read = readAuthInfo(config, 3);
        expect(read && { ...pick(read), outdated: read.ha1Outdated }).toEqual({
          ...values,
          outdated: false,
        });
      }),
    );
  });
});

function pick({ username, userid, password, ha1, realm, domain, algorithm }: AuthInfo): object {
  return { username, userid, password, ha1, realm, domain, algorithm };
}
