import { expect, it } from 'vitest';
import { parseAuthenticationInfo, serializeNextNonce } from './authentication-info.ts';

it('reads nextnonce and rspauth', () => {
  expect(
    parseAuthenticationInfo('nextnonce="47364c23", qop=auth, rspauth="6629", nc=00000001'),
  ).toEqual({ nextNonce: '47364c23', serverResponse: '6629' });
  expect(parseAuthenticationInfo('qop=auth')).toEqual({
    nextNonce: undefined,
    serverResponse: undefined,
  });
});

it('gives undefined for a malformed value', () => {
  expect(parseAuthenticationInfo('nextnonce="x')).toBeUndefined();
  expect(parseAuthenticationInfo('a=b, Digest nextnonce="x"')).toBeUndefined();
});

it('reads back a nextnonce it writes', () => {
  expect(parseAuthenticationInfo(serializeNextNonce('a"b'))?.nextNonce).toBe('a"b');
});
