import { describe, expect, it } from 'vitest';
import { harmlessHeaders, isFollowed, isSameSite, redirectTarget } from './redirect.ts';

describe('redirections', () => {
  it('follow 301, 302 and 307 of GET and HEAD only', () => {
    expect(
      [300, 301, 302, 303, 304, 307, 308].filter((status) => isFollowed('GET', status)),
    ).toEqual([301, 302, 307]);
    expect(isFollowed('HEAD', 302)).toBe(true);
    expect(isFollowed('POST', 302)).toBe(false);
  });

  it('inherit what a relative location leaves out, and the query on the same origin', () => {
    const from = new URL('https://a.example:8443/p/q?token=1');
    expect(redirectTarget(from, '/x').href).toBe('https://a.example:8443/x?token=1');
    expect(redirectTarget(from, 'x?y=2').href).toBe('https://a.example:8443/p/x?y=2');
    expect(redirectTarget(from, 'https://b.example/').href).toBe('https://b.example/');
  });

  it('drop credentials from the location', () => {
    const from = new URL('https://a.example/');
    expect(redirectTarget(from, 'https://u:p@a.example/x').href).toBe('https://a.example/x');
  });

  it.each([
    [null, 'http-redirect'],
    ['ftp://a.example/', 'http-redirect'],
    ['http://[', 'http-redirect'],
    ['http://a.example/', 'http-insecure'],
  ])('refuse the location %s', (location, code) => {
    const from = new URL('https://a.example/');
    expect(() => redirectTarget(from, location)).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    ['https://a.example/x', 'https://a.example/y', true],
    ['http://a.example/', 'https://a.example/', true],
    ['http://a.example:8080/', 'https://a.example/', false],
    ['http://a.example/', 'https://a.example:8443/', false],
    ['https://a.example/', 'https://b.example/', false],
    ['https://a.example/', 'https://a.example:8443/', false],
  ])('from %s to %s: same site is %s', (from, to, same) => {
    expect(isSameSite(new URL(from), new URL(to))).toBe(same);
  });

  it('keep only headers without secrets for another site', () => {
    expect(
      harmlessHeaders([
        ['User-Agent', 'a'],
        ['From', 'sip:a@b'],
        ['X-Linphone-Provisioning', '1'],
        ['X-Api-Key', 'k'],
      ]),
    ).toEqual([
      ['User-Agent', 'a'],
      ['X-Linphone-Provisioning', '1'],
    ]);
  });
});
