import { describe, expect, it } from 'vitest';
import { reasonPhrase } from './reason-phrase.ts';
import { createRequest } from './request.ts';
import { createResponse } from './response.ts';

const register = createRequest('REGISTER', 'sip:example.org', [
  ['Via', 'SIP/2.0/UDP a;branch=1, SIP/2.0/UDP b;branch=2'],
  ['From', '<sip:alice@example.org>;tag=1'],
  ['To', '"A" <sip:alice@example.org>'],
  ['Call-ID', 'abc'],
  ['CSeq', '20 REGISTER'],
  ['Contact', '<sip:alice@192.0.2.1>'],
]);

describe('createResponse', () => {
  it('repeats what a response repeats, then its own fields (RFC 3261 §8.2.6.2)', () => {
    const response = createResponse(register, 200, undefined, [['Expires', '3600']]);
    expect(Array.from(response.headers.entries(), ([name]) => name)).toEqual([
      'Via',
      'Via',
      'From',
      'To',
      'Call-ID',
      'CSeq',
      'Expires',
      'Content-Length',
    ]);
    expect(response).toMatchObject({ kind: 'response', status: 200, reason: 'OK' });
  });

  it('adds a tag to To, the same for the same request (§8.2.7)', () => {
    const tag = createResponse(register, 401).headers.to.params.get('tag');
    expect(tag).toMatch(/^[0-9a-f]{16}$/);
    expect(createResponse(register, 200).headers.to.params.get('tag')).toBe(tag);
    const other = { ...register, headers: register.headers.with('Call-ID', 'def') };
    expect(createResponse(other, 200).headers.to.params.get('tag')).not.toBe(tag);
  });

  it('keeps the tag of a request that has one, and adds none to 100', () => {
    const inside = { ...register, headers: register.headers.with('To', '<sip:a@b>;tag=x') };
    expect(createResponse(inside, 200).headers.to.params.get('tag')).toBe('x');
    expect(createResponse(register, 100).headers.to.params.has('tag')).toBe(false);
  });

  it('refuses what cannot be written', () => {
    expect(() => createResponse(register, 99)).toThrow('status');
    expect(() => createResponse(register, 200, 'a\r\nb')).toThrow('line break');
    expect(() => createRequest('A B', 'sip:a', [])).toThrow('method');
    expect(() => createRequest('A', 'sip:a b', [])).toThrow('Request-URI');
  });
});

it('names a status by its own phrase or that of its class', () => {
  expect([423, 499, 299, 999].map(reasonPhrase)).toEqual([
    'Interval Too Brief',
    'Bad Request',
    'OK',
    'Unknown',
  ]);
});
