import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  answerChallenge,
  computeHa1,
  type DigestAlgorithm,
  parseChallenges,
  serializeCredentials,
} from '../digest/index.ts';
import type { SipRequest, SipResponse } from '../message/message.ts';
import { createRequest } from '../message/request.ts';
import { FakeClock, fakeRandom } from '../testing/index.ts';
import type { AccountLookup } from './credentials-source.ts';
import { MemoryBindingStore } from './memory-binding-store.ts';
import { createRegistrar, type RegistrarOptions } from './registrar.ts';

const realm = 'sip.example.com';
const alice = `sip:alice@${realm}`;
const contact = '<sip:alice@192.0.2.1:5060;transport=tcp>';
const instance = '+sip.instance="<urn:uuid:00000000-0000-4000-8000-000000000001>"';

const flow = {
  protocol: 'tcp',
  remote: { address: '198.51.100.7', port: 40_000 },
} as const;

let clock: FakeClock;
let bindings: MemoryBindingStore;
let account: AccountLookup;
let register: ReturnType<typeof createRegistrar>;
let cseq: number;

function account256(): AccountLookup {
  return withPassword('SHA-256', 'secret');
}

function withPassword(algorithm: DigestAlgorithm, password: string): AccountLookup {
  const ha1 = computeHa1({ algorithm, username: 'alice', realm, password });
  return { kind: 'account', realm, hashes: [{ algorithm, ha1 }] };
}

function start(options: Partial<RegistrarOptions> = {}): void {
  clock = new FakeClock();
  bindings = new MemoryBindingStore();
  register = createRegistrar({
    clock,
    random: fakeRandom(),
    bindings,
    credentials: {
      find: async (username, domain) => {
        if (domain !== realm) return { kind: 'foreign' };
        if (username !== 'alice') return { kind: 'nobody', realm, algorithms: ['SHA-256'] };
        return account;
      },
    },
    policy: { minExpires: 60, maxExpires: 7200, defaultExpires: 3600, maxContacts: 3 },
    ...options,
  });
}

beforeEach(() => {
  account = account256();
  cseq = 0;
  start();
});

type Extra = readonly (readonly [string, string])[];

const request = (extra: Extra = [], to = alice, method = 'REGISTER'): SipRequest =>
  createRequest(method, `sip:${realm}`, [
    ['Via', 'SIP/2.0/TCP 192.0.2.1:5060;branch=z9hG4bK.x'],
    ['From', `<${to}>;tag=a`],
    ['To', `<${to}>`],
    ['Call-ID', 'call-1'],
    ['CSeq', `${++cseq} ${method}`],
    ...extra,
  ]);

const from = (address: string) => ({ ...flow, remote: { address, port: 40_000 } });

const send = (message: SipRequest): Promise<SipResponse> =>
  new Promise((resolve) => register(message, flow, resolve));

const authorization = (
  challenged: SipResponse,
  options: { username?: string; password?: string; nc?: number; algorithm?: string } = {},
): readonly [string, string] => {
  const { username = 'alice', password = 'secret', nc = 1 } = options;
  const challenge = parseChallenges(challenged.headers.getAll('www-authenticate'))
    .filter((each) => each.kind === 'digest')
    .find((each) => options.algorithm === undefined || each.algorithm === options.algorithm);
  if (challenge?.algorithm === undefined) throw new Error('no challenge');
  const { algorithm } = challenge;
  const credentials = answerChallenge(
    { ...challenge, algorithm },
    {
      username,
      secret: { password },
      method: 'REGISTER',
      uri: `sip:${realm}`,
      cnonce: 'c0ffee',
      nonceCount: nc,
    },
  );
  return ['Authorization', serializeCredentials(credentials)];
};

/** The whole dance: challenge, then the same request with credentials. */
const registerAlice = async (extra: Extra = [['Contact', contact]]): Promise<SipResponse> => {
  const challenged = await send(request(extra));
  expect(challenged.status).toBe(401);
  return send(request([...extra, authorization(challenged)]));
};

const contactsOf = (response: SipResponse): readonly string[] => response.headers.getAll('contact');

describe('a registrar', () => {
  it('challenges, then binds the contact and lists it with its seconds', async () => {
    const response = await registerAlice([
      ['Contact', contact],
      ['Expires', '600'],
    ]);
    expect(response.status).toBe(200);
    expect(contactsOf(response)).toEqual([`${contact};expires=600`]);
    expect(bindings.list(`alice@${realm}`, clock.now())).toMatchObject([
      { callId: 'call-1', received: { address: '198.51.100.7', port: 40_000, protocol: 'tcp' } },
    ]);
  });

  it('takes the expiry of the contact, else of the header, else its own', async () => {
    expect(
      contactsOf(
        await registerAlice([
          ['Contact', `${contact};expires=90`],
          ['Expires', '600'],
        ]),
      ),
    ).toEqual([`${contact};expires=90`]);
    expect(contactsOf(await registerAlice())).toEqual([`${contact};expires=3600`]);
    expect(
      contactsOf(
        await registerAlice([
          ['Contact', contact],
          ['Expires', '999999'],
        ]),
      ),
    ).toEqual([`${contact};expires=7200`]);
  });

  it('refuses a shorter expiry than its minimum and says which', async () => {
    const response = await registerAlice([
      ['Contact', contact],
      ['Expires', '5'],
    ]);
    expect([response.status, response.headers.minExpires]).toEqual([423, 60]);
    expect(bindings.size).toBe(0);
  });

  it('keeps several contacts, and refuses more than it holds', async () => {
    const three = [1, 2, 3].map((n) => `<sip:alice@192.0.2.${n}>`).join(', ');
    expect(contactsOf(await registerAlice([['Contact', three]]))).toHaveLength(3);
    const fourth = await registerAlice([['Contact', '<sip:alice@192.0.2.4>']]);
    expect(fourth.status).toBe(503);
    expect(bindings.list(`alice@${realm}`, clock.now())).toHaveLength(3);
  });

  it('lets all contacts be replaced at once, and looks at no more than that takes', async () => {
    const list = (name: string, count: number, params = ''): Extra =>
      Array.from({ length: count }, (_, i) => ['Contact', `<sip:${name}${i}@h.test>${params}`]);
    expect((await registerAlice(list('old', 3))).status).toBe(200);
    const moved = await registerAlice([...list('old', 3, ';expires=0'), ...list('new', 3)]);
    expect(contactsOf(moved)).toHaveLength(3);
    const { status } = await registerAlice([...list('old', 4, ';expires=0'), ...list('new', 3)]);
    expect(status).toBe(503);
  });

  it('replaces the contact of the same instance, whatever its address', async () => {
    await registerAlice([['Contact', `<sip:alice@192.0.2.1:1111>;${instance}`]]);
    const response = await registerAlice([['Contact', `<sip:alice@192.0.2.1:2222>;${instance}`]]);
    expect(contactsOf(response)).toHaveLength(1);
    expect(contactsOf(response)[0]).toContain(':2222');
  });

  it('removes one contact by expires=0 and all by *', async () => {
    await registerAlice([['Contact', `${contact}, <sip:alice@192.0.2.9>`]]);
    const one = await registerAlice([['Contact', `${contact};expires=0`]]);
    expect(contactsOf(one)).toHaveLength(1);
    const none = await registerAlice([
      ['Contact', '*'],
      ['Expires', '0'],
    ]);
    expect([none.status, contactsOf(none)]).toEqual([200, []]);
    expect(bindings.size).toBe(0);
  });

  it('refuses * without Expires 0', async () => {
    expect((await registerAlice([['Contact', '*']])).status).toBe(400);
  });

  it('lists the bindings when asked without a contact', async () => {
    await registerAlice();
    expect(contactsOf(await registerAlice([]))).toHaveLength(1);
  });

  it('forgets a binding when its time is over', async () => {
    await registerAlice([
      ['Contact', contact],
      ['Expires', '60'],
    ]);
    clock.advance(60_001);
    expect(contactsOf(await registerAlice([]))).toEqual([]);
  });

  it('refuses a request that is older than the binding', async () => {
    await registerAlice();
    cseq = 0;
    expect((await registerAlice()).status).toBe(500);
  });

  it('repeats Path to clients that understand it', async () => {
    const path: Extra = [['Path', '<sip:edge.example.com;lr>']];
    const told = await registerAlice([['Contact', contact], ['Supported', 'path'], ...path]);
    expect(told.headers.getAll('path')).toEqual(['<sip:edge.example.com;lr>']);
    const untold = await registerAlice([['Contact', contact], ...path]);
    expect(untold.headers.has('path')).toBe(false);
  });
});

describe('authentication of a registration', () => {
  it('offers SHA-256 before MD5 when the account has both, and takes either', async () => {
    const both = [account256(), withPassword('MD5', 'secret')].toReversed();
    account = {
      kind: 'account',
      realm,
      hashes: both.flatMap((each) => (each.kind === 'account' ? each.hashes : [])),
    };
    const challenged = await send(request());
    const offered = parseChallenges(challenged.headers.getAll('www-authenticate'));
    expect(offered.map((each) => each.kind === 'digest' && each.algorithm)).toEqual([
      'SHA-256',
      'MD5',
    ]);
    const answered = await send(request([authorization(challenged, { algorithm: 'MD5' })]));
    expect(answered.status).toBe(200);
  });

  it('answers 403 to a wrong password and to an unknown user alike', async () => {
    const wrong = await send(request());
    const bob = `sip:bob@${realm}`;
    const unknown = await send(request([], bob));
    expect(unknown.headers.getAll('www-authenticate')).toHaveLength(1);
    const refused = await send(request([authorization(wrong, { password: 'guess' })]));
    const nobody = await send(request([authorization(unknown, { username: 'bob' })], bob));
    expect([refused.status, nobody.status]).toEqual([403, 403]);
  });

  it('refuses credentials of another account', async () => {
    const challenged = await send(request());
    expect((await send(request([authorization(challenged, { username: 'mallory' })]))).status).toBe(
      403,
    );
  });

  it('takes a nonce again with a higher count, and challenges anew for the same count', async () => {
    const challenged = await send(request());
    const answer = (nc: number) => send(request([authorization(challenged, { nc })]));
    expect((await answer(1)).status).toBe(200);
    expect((await answer(2)).status).toBe(200);
    const replayed = await answer(2);
    expect(replayed.status).toBe(401);
    expect(replayed.headers.get('www-authenticate')).toContain('stale=true');
  });

  it('says stale when the nonce is old but the password right', async () => {
    const challenged = await send(request());
    clock.advance(300_001);
    const response = await send(request([authorization(challenged)]));
    expect(response.headers.get('www-authenticate')).toContain('stale=true');
  });

  it('makes who guesses too often wait', async () => {
    start({ guessLimits: { maxFailures: 2, windowMs: 60_000 } });
    const guess = async (password: string) =>
      (await send(request([authorization(await send(request()), { password })]))).status;
    expect([await guess('a'), await guess('b'), await guess('secret')]).toEqual([403, 403, 403]);
    clock.advance(60_001);
    expect(await guess('secret')).toBe(200);
  });

  it('does not let who guesses go on under another spelling of the domain or from the next address', async () => {
    const credentials = { find: async () => account };
    start({ guessLimits: { maxFailures: 2, windowMs: 60_000 }, credentials });
    const guess = async (to: string, address: string) => {
      const challenged = await send(request([], to));
      const message = request([authorization(challenged, { password: 'guess' })], to);
      await new Promise((resolve) => register(message, from(address), resolve));
    };
    await guess('sip:alice@SIP.example.com', '2001:db8::1');
    await guess('sip:alice@sip.Example.com', '2001:db8::2');
    const right = request([authorization(await send(request()))]);
    const response = await new Promise<SipResponse>((resolve) =>
      register(right, from('2001:db8::3'), resolve),
    );
    expect(response.status).toBe(403);
  });

  it.each(['0', '.0', 'é', '\u{1f600}'])(
    'challenges anew when something (%s) was added to its nonce',
    async (added) => {
      const errors: unknown[] = [];
      start({ onError: (error) => errors.push(error) });
      const challenged = await send(request());
      const [challenge] = parseChallenges(challenged.headers.getAll('www-authenticate'));
      if (challenge?.kind !== 'digest') throw new Error('no challenge');
      const forged = [`${challenge.nonce}${added}`, `${challenge.nonce.slice(0, -1)}${added}`];
      for (const nonce of forged) {
        const answer = answerChallenge(
          { ...challenge, algorithm: 'SHA-256', nonce },
          {
            username: 'alice',
            secret: { password: 'secret' },
            method: 'REGISTER',
            uri: `sip:${realm}`,
            cnonce: 'c0ffee',
            nonceCount: 1,
          },
        );
        const message = request([['Authorization', serializeCredentials(answer)]]);
        expect((await send(message)).status).toBe(401);
      }
      expect(errors).toEqual([]);
    },
  );

  it('does not serve other domains', async () => {
    expect((await send(request([], 'sip:alice@elsewhere.example'))).status).toBe(404);
  });
});

describe('requests that cannot be served', () => {
  it('are told so', async () => {
    expect((await send(request([], alice, 'OPTIONS'))).status).toBe(200);
    const message = await send(request([], alice, 'MESSAGE'));
    expect([message.status, message.headers.get('allow')]).toEqual([405, 'REGISTER, OPTIONS']);
    const required = await send(request([['Require', 'gruu, path']]));
    expect([required.status, required.headers.get('unsupported')]).toEqual([420, 'gruu']);
    expect((await send(request([], `sip:${realm}`))).status).toBe(404);
    expect((await send(request([['Expires', 'soon']]))).status).toBe(400);
  });

  it('get a 500 when the accounts cannot be read, and the next one is served', async () => {
    const errors: unknown[] = [];
    let broken = true;
    start({
      credentials: {
        find: async () => {
          if (broken) throw new Error('database is away');
          return account;
        },
      },
      onError: (error) => errors.push(error),
    });
    expect((await send(request())).status).toBe(500);
    expect(errors).toHaveLength(1);
    broken = false;
    expect((await registerAlice()).status).toBe(200);
  });

  it('never break the registrar, whatever Authorization they carry', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 200 }), async (text) => {
        const value = text.replace(/[\r\n]/g, ' ');
        const { status } = await send(request([['Authorization', value]]));
        expect([401, 403]).toContain(status);
      }),
    );
  });
});

it('handles requests of one address one after another', async () => {
  const challenged = await send(request());
  const answers = await Promise.all(
    [1, 2, 3].map((nc) =>
      send(request([authorization(challenged, { nc }), ['Contact', `<sip:alice@192.0.2.${nc}>`]])),
    ),
  );
  expect(answers.map((each) => contactsOf(each).length)).toEqual([1, 2, 3]);
});
