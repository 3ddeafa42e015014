import { beforeEach, expect, it } from 'vitest';
import {
  answerChallenge,
  computeHa1,
  parseChallenges,
  selectChallenge,
  serializeCredentials,
} from '../digest/index.ts';
import type { SipResponse } from '../message/message.ts';
import { createRequest } from '../message/request.ts';
import { FakeClock, fakeRandom } from '../testing/index.ts';
import { GuessLimiter } from './guess-limiter.ts';
import { NonceIssuer } from './nonce-issuer.ts';
import { RegisterAuthenticator } from './register-authenticator.ts';

const realm = 'sip.example.com';
const ha1 = computeHa1({ algorithm: 'MD5', username: 'alice', realm, password: 'secret' });

let authenticator: RegisterAuthenticator;

function start(seed: number): void {
  const clock = new FakeClock();
  authenticator = new RegisterAuthenticator({
    credentials: {
      find: () => Promise.resolve({ kind: 'account', realm, hashes: [{ algorithm: 'MD5', ha1 }] }),
    },
    nonces: new NonceIssuer({ clock, random: fakeRandom(seed), lifetimeMs: 300_000 }),
    guesses: new GuessLimiter(clock, { maxFailures: 2, windowMs: 60_000 }),
  });
}

beforeEach(() => start(1));

function check(
  address: string,
  protocol: 'udp' | 'tcp',
  credentials?: string,
): Promise<SipResponse | undefined> {
  const request = createRequest('REGISTER', `sip:${realm}`, [
    ['Via', 'SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK.x'],
    ['From', `<sip:alice@${realm}>;tag=a`],
    ['To', `<sip:alice@${realm}>`],
    ['Call-ID', 'call-1'],
    ['CSeq', '1 REGISTER'],
    ...(credentials === undefined ? [] : [['Authorization', credentials] as const]),
  ]);
  return authenticator.check(request, { protocol, remote: { address, port: 40_000 } });
}

function answer(challenged: SipResponse | undefined, password: string): string {
  const values = challenged?.headers.getAll('www-authenticate') ?? [];
  const challenge = selectChallenge(parseChallenges(values));
  if (challenge === undefined) throw new Error('no challenge');
  const uri = `sip:${realm}`;
  return serializeCredentials(
    answerChallenge(challenge, {
      username: 'alice',
      secret: { password },
      method: 'REGISTER',
      uri,
      nonceCount: 1,
      cnonce: 'c0ffee',
    }),
  );
}

it('lets nobody lock an account out under the address of somebody else', async () => {
  // A datagram says what it likes about its source, but its sender never sees the answer.
  const guess = answer(await check('203.0.113.66', 'udp'), 'wrong');
  for (let i = 0; i < 5; i += 1) {
    expect((await check('198.51.100.7', 'udp', guess))?.status).toBe(401);
  }
  const challenged = await check('198.51.100.7', 'udp');
  expect((await check('198.51.100.7', 'udp', answer(challenged, 'wrong')))?.status).toBe(403);
  expect(await check('198.51.100.7', 'udp', answer(challenged, 'secret'))).toBeUndefined();
});

it('a connection may answer from another address: it cannot be made up', async () => {
  const challenged = await check('203.0.113.66', 'tcp');
  expect(await check('198.51.100.7', 'tcp', answer(challenged, 'secret'))).toBeUndefined();
});

it('gives away nothing about a password that comes with a nonce of somebody else', async () => {
  const challenged = await check('198.51.100.7', 'tcp');
  start(2);
  for (const password of ['secret', 'wrong']) {
    const response = await check('198.51.100.7', 'tcp', answer(challenged, password));
    expect(response?.status).toBe(401);
    expect(response?.headers.get('www-authenticate')).not.toContain('stale');
  }
});
