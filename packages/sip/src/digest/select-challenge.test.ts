import { describe, expect, it } from 'vitest';
import { parseChallenges } from './challenge.ts';
import { selectChallenge, selectChallenges } from './select-challenge.ts';

const sha256 = 'Digest realm="a", nonce="sha", algorithm=SHA-256, qop="auth"';
const md5 = 'Digest realm="a", nonce="md5", algorithm=MD5, qop="auth"';

const offer = (qop: string) =>
  selectChallenge(parseChallenges([`Digest realm="a", nonce="1", ${qop}`]));

describe('selectChallenge', () => {
  it('C9: takes the topmost challenge of a realm (RFC 8760 §2.4)', () => {
    expect(selectChallenge(parseChallenges([sha256, md5]))?.nonce).toBe('sha');
    expect(selectChallenge(parseChallenges([md5, sha256]))?.nonce).toBe('md5');
  });

  it('C9: passes over what policy or secret do not allow', () => {
    const noMd5 = selectChallenge(
      parseChallenges([md5, sha256]),
      ({ algorithm }) => algorithm !== 'MD5',
    );
    expect(noMd5?.nonce).toBe('sha');
    expect(selectChallenge(parseChallenges([md5]), () => false)).toBeUndefined();
  });

  it('C9: answers one challenge per realm, not all', () => {
    const other = 'Digest realm="b", nonce="b1", qop="auth"';
    const selected = selectChallenges(parseChallenges([sha256, md5, other, other]));
    expect(selected.map(({ nonce }) => nonce)).toEqual(['sha', 'b1']);
  });

  it('passes over algorithms it cannot compute and other schemes', () => {
    const unknown = sha256.replace('SHA-256', 'SHA-512');
    const session = sha256.replace('SHA-256', 'SHA-256-sess');
    const challenges = parseChallenges(['Bearer realm="a"', unknown, session, md5]);
    expect(selectChallenge(challenges)?.nonce).toBe('md5');
  });

  it('C10: takes auth wherever it is listed, no qop at all, but not auth-int alone', () => {
    expect(offer('qop="auth-int,auth"')).toBeDefined();
    expect(offer('opaque="x"')).toBeDefined();
    expect(offer('qop="auth-int"')).toBeUndefined();
  });
});
