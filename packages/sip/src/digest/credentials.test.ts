import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIGEST_ALGORITHMS } from './algorithm.ts';
import { answerChallenge } from './answer-challenge.ts';
import { parseChallenges } from './challenge.ts';
import { nonceCount, parseCredentials, serializeCredentials } from './credentials.ts';
import { computeHa1 } from './response.ts';
import { selectChallenge } from './select-challenge.ts';
import { verifyResponse } from './verify.ts';

const USER = { username: 'alice', realm: 'example.org', password: 'secret' };

function answer(challenge: string, secret = 'secret') {
  const selected = selectChallenge(parseChallenges([challenge]));
  if (selected === undefined) throw new Error('nothing to answer');
  return answerChallenge(selected, {
    username: 'alice',
    secret: { password: secret },
    method: 'REGISTER',
    uri: 'sip:example.org',
    nonceCount: 2,
    cnonce: 'abcdefghijklmnop',
  });
}

describe('answerChallenge', () => {
  it('echoes nonce, opaque and the spelling of the algorithm', () => {
    const credentials = answer(
      'Digest realm="example.org", nonce="n", opaque="o", algorithm=md5, qop="auth-int,auth"',
    );
    expect(serializeCredentials(credentials)).toBe(
      'Digest username="alice", realm="example.org", nonce="n", uri="sip:example.org", ' +
        `response="${credentials.response}", algorithm=md5, cnonce="abcdefghijklmnop", ` +
        'opaque="o", qop=auth, nc=00000002',
    );
  });

  it('names MD5 when the server named no algorithm, and sends no nonce count without qop', () => {
    const credentials = answer('Digest realm="example.org", nonce="n"');
    expect(serializeCredentials(credentials)).toBe(
      'Digest username="alice", realm="example.org", nonce="n", uri="sip:example.org", ' +
        `response="${credentials.response}", algorithm=MD5`,
    );
  });

  it.each(DIGEST_ALGORITHMS)(
    'is accepted by verifyResponse with the same secret: %s',
    (algorithm) => {
      const value = serializeCredentials(
        answer(`Digest realm="example.org", nonce="n", algorithm=${algorithm}, qop="auth"`),
      );
      const credentials = parseCredentials(value);
      if (credentials === undefined) throw new Error('credentials not read back');
      const ha1 = computeHa1({ algorithm, ...USER });
      expect(verifyResponse(credentials, { ha1, method: 'REGISTER' })).toBe(true);
      expect(verifyResponse(credentials, { ha1, method: 'INVITE' })).toBe(false);
      const otherHa1 = computeHa1({ algorithm, ...USER, password: 'Secret' });
      expect(verifyResponse(credentials, { ha1: otherHa1, method: 'REGISTER' })).toBe(false);
    },
  );

  it('uses a stored HA1 as it is', () => {
    const challenge = selectChallenge(
      parseChallenges(['Digest realm="example.org", nonce="n", qop="auth"']),
    );
    if (challenge === undefined) throw new Error('nothing to answer');
    const input = { username: 'alice', method: 'GET', uri: '/', nonceCount: 1, cnonce: 'c' };
    const ha1 = computeHa1({ algorithm: 'MD5', ...USER });
    expect(answerChallenge(challenge, { ...input, secret: { ha1 } })).toEqual(
      answerChallenge(challenge, { ...input, secret: { password: USER.password } }),
    );
  });
});

describe('parseCredentials', () => {
  const value =
    'Digest username="bob", realm="r", nonce="n", uri="/x", response="0a", qop="auth", nc=0000000A, cnonce="c", algorithm="SHA-256"';

  it('reads values with and without quotes', () => {
    const credentials = parseCredentials(value);
    expect(credentials).toMatchObject({
      username: 'bob',
      algorithm: 'SHA-256',
      qop: 'auth',
      auth: { nc: '0000000A', cnonce: 'c' },
    });
    expect(credentials && nonceCount(credentials)).toBe(10);
  });

  it('reads an encoded user name (RFC 7616 §3.4)', () => {
    const encoded = value.replace('username="bob"', "username*=UTF-8''J%C3%A4s%C3%B8n%20Doe");
    expect(parseCredentials(encoded)?.username).toBe('Jäsøn Doe');
    expect(parseCredentials(encoded.replace('%C3', '%ff'))).toBeUndefined();
    expect(parseCredentials(`${encoded}, username="bob"`)).toBeUndefined();
  });

  it.each([
    ['another scheme', value.replace('Digest', 'Basic')],
    ['a missing username', value.replace('username="bob", ', '')],
    ['a missing realm', value.replace('realm="r", ', '')],
    ['a missing nonce', value.replace('nonce="n", ', '')],
    ['a missing uri', value.replace('uri="/x", ', '')],
    ['a missing response', value.replace('response="0a", ', '')],
    ['qop without nonce count', value.replace('nc=0000000A, ', '')],
    ['qop without cnonce', value.replace('cnonce="c", ', '')],
    ['a nonce count that is no number', value.replace('0000000A', 'xyz')],
    ['a line break in an encoded name', value.replace('username="bob"', "username*=UTF-8''a%0Db")],
    ['two sets', `${value}, ${value}`],
    ['an open quote', value.slice(0, -1)],
  ])('refuses %s', (_what, text) => {
    expect(parseCredentials(text)).toBeUndefined();
  });

  it('never verifies what it cannot compute', () => {
    for (const text of [
      value.replace('SHA-256', 'MD5-sess'),
      value.replace('"auth"', 'auth-int'),
    ]) {
      const credentials = parseCredentials(text);
      if (credentials === undefined) throw new Error('well-formed');
      expect(verifyResponse(credentials, { ha1: '00', method: 'GET' })).toBe(false);
    }
  });

  it('reads back what serializeCredentials writes', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((value) => !/[\r\n]/.test(value));
    const credentials = fc.record({
      username: text,
      userhash: fc.boolean(),
      realm: text,
      nonce: text,
      uri: text,
      response: text,
      algorithm: fc.constant('SHA-256' as const),
      algorithmName: fc.constantFrom('SHA-256', 'sha-256'),
      opaque: fc.option(text, { nil: undefined }),
      qop: fc.constant('auth'),
      auth: fc.record({ nc: fc.stringMatching(/^[0-9a-f]{8}$/), cnonce: text }),
    });
    fc.assert(
      fc.property(credentials, (parts) => {
        expect(parseCredentials(serializeCredentials(parts))).toEqual(parts);
      }),
    );
  });

  it('gives credentials or undefined for any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => parseCredentials(`Digest username="a", ${text}`)).not.toThrow();
      }),
    );
  });
});
