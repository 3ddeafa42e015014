import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIGEST_ALGORITHMS } from './algorithm.ts';
import { parseChallenges, serializeChallenge } from './challenge.ts';

const withAlgorithm = (algorithm: string) =>
  parseChallenges([`Digest realm="a", nonce="1", algorithm=${algorithm}`])[0];

describe('parseChallenges', () => {
  it('reads several challenges of one value and of several, in order', () => {
    const challenges = parseChallenges([
      'Digest realm="a", nonce="1", algorithm=SHA-256, qop="auth", Digest realm="a", nonce="2"',
      'Digest realm="b", nonce="3"',
    ]);
    expect(challenges).toMatchObject([
      { kind: 'digest', realm: 'a', nonce: '1', algorithm: 'SHA-256', qop: ['auth'] },
      { kind: 'digest', realm: 'a', nonce: '2', algorithm: 'MD5', algorithmName: undefined },
      { kind: 'digest', realm: 'b', nonce: '3' },
    ]);
  });

  it('keeps other schemes, so that Bearer is seen (RFC 8898)', () => {
    const [bearer, basic, negotiate] = parseChallenges([
      'Bearer realm="example.org", authz_server="https://auth.example.org/a,b", scope="sip"',
      'BASIC realm="x", Negotiate YWJj==',
    ]);
    expect(bearer).toMatchObject({ kind: 'other', scheme: 'bearer' });
    expect(bearer?.kind === 'other' && bearer.params.get('authz_server')).toBe(
      'https://auth.example.org/a,b',
    );
    expect(basic).toMatchObject({ kind: 'other', scheme: 'basic' });
    expect(negotiate).toEqual({ kind: 'other', scheme: 'negotiate', params: new Map() });
  });

  it('takes the algorithm quoted or not, in any case, and shows one it cannot compute', () => {
    expect(withAlgorithm('"MD5"')).toMatchObject({ algorithm: 'MD5', algorithmName: 'MD5' });
    expect(withAlgorithm('sha-256')).toMatchObject({
      algorithm: 'SHA-256',
      algorithmName: 'sha-256',
    });
    expect(withAlgorithm('"SHA-512-256"')).toMatchObject({ algorithm: 'SHA-512-256' });
    expect(withAlgorithm('MD5-sess')).toMatchObject({
      algorithm: undefined,
      algorithmName: 'MD5-sess',
    });
  });

  it('C10: shows stale, quoted or not, and every qop', () => {
    const [challenge] = parseChallenges([
      'digest nonce = "1" ,realm="a",stale="TRUE",qop="auth-int, AUTH",userhash=true,opaque=""',
    ]);
    expect(challenge).toMatchObject({
      stale: true,
      qop: ['auth-int', 'auth'],
      userhash: true,
      opaque: '',
    });
    expect(parseChallenges(['Digest realm="a", nonce="1", stale=false'])[0]).toMatchObject({
      stale: false,
      userhash: false,
      qop: [],
    });
  });

  it('unescapes quoted values and takes unquoted ones that are no token', () => {
    const [challenge] = parseChallenges(['Digest realm="a \\"b\\", c", nonce=x/y+z==']);
    expect(challenge).toMatchObject({ realm: 'a "b", c', nonce: 'x/y+z==' });
  });

  it.each([
    ['no realm', 'Digest nonce="1"'],
    ['no nonce', 'Digest realm="1"'],
    ['an open quote', 'Digest realm="a, nonce="1"'],
    ['a parameter twice', 'Digest realm="a", nonce="1", nonce="2"'],
    ['nothing', ''],
    ['only commas', ', ,'],
    ['no scheme', 'realm="a", nonce="1"'],
    ['a value without name', 'Digest ="a"'],
    ['text after a value', 'Digest realm="a" x, nonce="1"'],
  ])('leaves out a value with %s', (_what, value) => {
    expect(parseChallenges([value]).filter(({ kind }) => kind === 'digest')).toEqual([]);
  });

  it('reads back what serializeChallenge writes', () => {
    fc.assert(
      fc.property(
        fc.record({
          realm: fc.string({ unit: 'grapheme' }).filter((text) => !/[\r\n]/.test(text)),
          nonce: fc.string(),
          algorithm: fc.constantFrom(...DIGEST_ALGORITHMS),
          stale: fc.boolean(),
          opaque: fc.option(fc.string(), { nil: undefined }),
        }),
        (parts) => {
          expect(parseChallenges([serializeChallenge(parts)])).toEqual([
            {
              kind: 'digest',
              ...parts,
              algorithmName: parts.algorithm,
              qop: ['auth'],
              userhash: false,
            },
          ]);
        },
      ),
    );
  });

  it('gives a list for any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => parseChallenges([`Digest ${text}`, text])).not.toThrow();
      }),
    );
  });
});

it('writes a challenge as deployed account managers do', () => {
  expect(serializeChallenge({ realm: 'R', algorithm: 'SHA-256', nonce: 'n', opaque: 'o' })).toBe(
    'Digest realm="R",qop="auth",algorithm=SHA-256,nonce="n",opaque="o"',
  );
  expect(serializeChallenge({ realm: 'R', nonce: 'n', stale: true })).toBe(
    'Digest realm="R",qop="auth",algorithm=MD5,nonce="n",stale=true',
  );
});
