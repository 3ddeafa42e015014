import { describe, expect, it } from 'vitest';
import { parseRequestUrl } from './request-url.ts';

describe('parseRequestUrl', () => {
  it('takes credentials out of the URL', () => {
    const { url, credentials } = parseRequestUrl('https://al%40ice:p%3Aw%25@h.example/p?q#f');
    expect(url.href).toBe('https://h.example/p?q');
    expect(credentials).toEqual({ username: 'al@ice', password: 'p:w%' });
  });

  it('finds a bearer token in the query', () => {
    expect(parseRequestUrl('https://h.example/?access_token=t').accessToken).toBe('t');
    expect(parseRequestUrl('https://h.example/').accessToken).toBeUndefined();
  });

  it('refuses other schemes without repeating the URL', () => {
    expect(() => parseRequestUrl('ftp://h.example/secret')).toThrow(/^not an absolute http/);
    expect(() => parseRequestUrl('/secret')).toThrow(/^not an absolute http/);
  });
});
