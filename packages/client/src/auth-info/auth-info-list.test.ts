import { describe, expect, it } from 'vitest';
import { AuthInfo, type AuthInfoFields } from './auth-info.ts';
import { AuthInfoList } from './auth-info-list.ts';
import type { AuthInfoQuery } from './find-auth-info.ts';

function listOf(...entries: readonly AuthInfoFields[]): AuthInfoList {
  const list = new AuthInfoList(
    () => 1000,
    () => undefined,
  );
  for (const fields of entries) list.add(new AuthInfo(fields));
  return list;
}

function query(changes: Partial<AuthInfoQuery>): AuthInfoQuery {
  return { username: 'a', realm: undefined, domain: undefined, algorithm: undefined, ...changes };
}

describe('look-up', () => {
  it('by user and realm; of several the one of the domain', () => {
    const list = listOf(
      { username: 'a', realm: 'r', domain: 'd1', password: '1' },
      { username: 'a', realm: 'r', domain: 'd2', password: '2' },
      { username: 'a', realm: 'other', password: '3' },
    );
    expect(list.findDigest(query({ realm: 'other' }))?.password).toBe('3');
    expect(list.findDigest(query({ realm: '"r"', domain: 'd2' }))?.password).toBe('2');
  });

  it('else by user and domain, else by user alone', () => {
    const list = listOf(
      { username: 'a', domain: 'd1', password: '1' },
      { username: 'a', domain: 'd2', password: '2' },
    );
    expect(list.findDigest(query({ realm: 'x', domain: 'd2' }))?.password).toBe('2');
    expect(list.findDigest(query({ realm: 'x', domain: 'd9' }))?.password).toBe('1');
    expect(list.findDigest(query({ username: 'b' }))).toBeUndefined();
  });

  it('a hash serves its own realm only, unless realms are ignored', () => {
    const list = listOf({ username: 'a', realm: 'r', ha1: 'h' });
    expect(list.findDigest(query({ realm: 'x' }))).toBeUndefined();
    expect(list.findDigest(query({ realm: 'r' }))?.ha1).toBe('h');
    expect(list.findDigest(query({ realm: 'x', ignoreRealm: true }))?.ha1).toBe('h');
  });

  it('algorithms: a clear password without one serves all, a hash only its own', () => {
    const clear = listOf({ username: 'a', password: 'p' });
    expect(clear.findDigest(query({ algorithm: 'SHA-256' }))).toBeDefined();
    const hash = listOf({ username: 'a', realm: 'r', ha1: 'h' });
    expect(hash.findDigest(query({ realm: 'r', algorithm: 'SHA-256' }))).toBeUndefined();
    expect(hash.findDigest(query({ realm: 'r', algorithm: 'md5' }))).toBeDefined();
    const set = listOf({ username: 'a', password: 'p', algorithm: 'SHA-256' });
    expect(set.findDigest(query({ algorithm: 'MD5' }))).toBeUndefined();
  });

  it('no user asked matches any', () => {
    const list = listOf({ username: 'z', password: 'p' });
    expect(list.findDigest(query({ username: undefined }))?.username).toBe('z');
  });

  it('an entry that ended is removed when it is met', () => {
    const list = listOf();
    const ended = new AuthInfo({ username: 'a', password: 'p' });
    ended.expires = 999;
    list.add(ended);
    expect(list.findDigest(query({}))).toBeUndefined();
    expect(list.entries).toEqual([]);
  });

  it('tokens: by user, realm and domain, then without user', () => {
    const list = listOf();
    const mine = new AuthInfo({ username: 'a', realm: 'r' });
    mine.accessToken = { token: 'mine', expiresAt: 0 };
    const anybody = new AuthInfo({ realm: 'r' });
    anybody.accessToken = { token: 'any', expiresAt: 0 };
    list.add(anybody);
    list.add(mine);
    expect(list.findBearer(query({ realm: 'r' }))?.accessToken?.token).toBe('mine');
    expect(list.findBearer(query({ username: 'b', realm: 'r' }))?.accessToken?.token).toBe('any');
  });
});

describe('list', () => {
  it('stores copies', () => {
    const list = listOf();
    const info = new AuthInfo({ username: 'a', password: 'p' });
    list.add(info);
    info.password = 'changed';
    expect(list.entries[0]?.password).toBe('p');
  });

  it('replaces an entry of the same user, realm, domain and kind, in its place', () => {
    const list = listOf({ username: 'a', password: '1' }, { username: 'b', password: '2' });
    list.add(new AuthInfo({ username: 'a', password: '3' }));
    const token = new AuthInfo({ username: 'a' });
    token.accessToken = { token: 't', expiresAt: 0 };
    list.add(token);
    expect(list.entries.map(({ password }) => password)).toEqual(['3', '2', null]);
  });

  it('removes exactly the entry that is meant', () => {
    const list = listOf(
      { username: 'a', realm: 'r1', password: '1' },
      { username: 'a', realm: 'r2', password: '2' },
    );
    expect(list.remove(new AuthInfo({ username: 'a', realm: 'r3', password: 'x' }))).toBe(false);
    expect(list.remove(new AuthInfo({ username: 'a', realm: 'r1' }))).toBe(true);
    expect(list.entries.map(({ realm }) => realm)).toEqual(['r2']);
  });

  it('tells which positions changed', () => {
    const changes: string[] = [];
    const list = new AuthInfoList(
      () => 0,
      (index, info) => changes.push(`${index}${info === undefined ? '-' : info.username}`),
    );
    for (const username of ['a', 'b', 'c']) list.add(new AuthInfo({ username, password: 'p' }));
    list.remove(new AuthInfo({ username: 'b', password: 'p' }));
    expect(changes).toEqual(['0a', '1b', '2c', '1c', '2-']);
    changes.length = 0;
    list.clear();
    expect(changes).toEqual(['0-', '1-']);
  });
});
