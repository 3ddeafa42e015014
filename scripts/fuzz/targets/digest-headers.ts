import { isDeepStrictEqual } from 'node:util';
import {
  parseAuthenticationInfo,
  parseChallenges,
  parseCredentials,
  selectChallenge,
  serializeChallenge,
  serializeCredentials,
  verifyResponse,
} from '@dialtone/sip/digest';
import { type FuzzTarget, require } from '../fuzz-target.ts';

const VALUES = [
  'Digest username="alice", realm="sip.example.org", nonce="n", uri="sip:sip.example.org", response="0123456789abcdef0123456789abcdef", algorithm=MD5, cnonce="c", opaque="o", qop=auth, nc=00000001',
  'Digest username*=UTF-8\'\'J%C3%A4s%C3%B8n%20Doe, realm="r", nonce="n", uri="/", response="00", userhash=true',
  'Digest realm="a \\"quoted\\" realm", nonce="n", qop="auth,auth-int", algorithm=SHA-256, stale=TRUE',
  'Digest realm="a", nonce="b", Bearer realm="c", authz_server="https://x.example/", scope="d e"',
  'nextnonce="n2", rspauth="0123456789abcdef0123456789abcdef", qop=auth, cnonce="c", nc=00000001',
  'Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==',
];

/** Authorization, WWW-Authenticate and Authentication-Info, of SIP and HTTP alike. */
export const digestHeaders: FuzzTarget = {
  name: 'digest-headers',
  seeds: VALUES.map((value) => Buffer.from(value, 'latin1')),
  dictionary: [
    '"',
    '\\',
    '\\"',
    ',',
    ', ',
    '=',
    ' ',
    '\t',
    '\0',
    '\xff',
    '%',
    "''",
    '*',
    '/',
    '+',
    'Digest ',
    'Bearer ',
    'realm=',
    'nonce=',
    'qop=',
    'nc=',
    'auth-int',
    'algorithm=SHA-512-256',
    'userhash=true',
  ],
  run(input) {
    // A header value never holds a line break.
    const value = Buffer.from(input)
      .toString('latin1')
      .replaceAll(/[\r\n]/g, ' ');
    const credentials = parseCredentials(value);
    if (credentials !== undefined) {
      verifyResponse(credentials, { ha1: '0'.repeat(32), method: 'REGISTER' });
      const again = parseCredentials(serializeCredentials(credentials));
      require(isDeepStrictEqual(again, credentials), 'credentials survive being written');
    }
    const challenges = parseChallenges([value]);
    selectChallenge(challenges);
    for (const challenge of challenges) {
      if (challenge.kind !== 'digest' || challenge.algorithm === undefined) continue;
      const { algorithm } = challenge;
      const [again] = parseChallenges([serializeChallenge({ ...challenge, algorithm })]);
      const same = again?.kind === 'digest' && again.realm === challenge.realm;
      require(same && again.nonce === challenge.nonce, 'challenges survive being written');
    }
    parseAuthenticationInfo(value);
  },
};
