import { Address } from '@dialtone/client';
import { type CertificateAndKey, type Clock, type ListenOptions, systemClock } from '@dialtone/sip';
import {
  accept,
  type Answer,
  challenge,
  FakeDns,
  redirect,
  refuse,
  silence,
  TestAuthority,
  tooBrief,
} from '@dialtone/sip/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runTrial, type TrialResult, type TrialRun } from './run-trial.ts';
import { Peers } from './testing/peers.ts';
import type { TrialRequest } from './trial.ts';

const HOST = '127.0.0.1';
const NAME = 'sip.example.org';

const peers = new Peers();
afterEach(() => peers.close());

let authority: TestAuthority;
let certificate: CertificateAndKey;
beforeAll(() => {
  authority = TestAuthority.create();
  certificate = authority.issue('sip.example.org', 'DNS:sip.example.org', 'DNS:*.voip.example.org');
});
afterAll(() => authority[Symbol.dispose]());

/** Two hundred times as fast as time, for what waits half a minute while real sockets stay silent. */
const SPEED = 200;
const fastClock: Clock = {
  now: () => performance.now() * SPEED,
  setTimeout: (callback, delayMs) => systemClock.setTimeout(callback, delayMs / SPEED),
  clearTimeout: (handle) => systemClock.clearTimeout(handle),
};

interface Outcome {
  readonly result: TrialResult;
  readonly lines: readonly string[];
  readonly all: string;
}

interface Setting extends Partial<Omit<TrialRequest, 'identity'>> {
  readonly run?: Partial<TrialRun>;
  readonly identity?: string;
}

async function attempt({ run = {}, identity, ...request }: Setting): Promise<Outcome> {
  const lines: string[] = [];
  const address = Address.parse(identity ?? `sip:alice@${NAME}`);
  if (address === null) throw new Error('no address');
  const result = await runTrial(
    {
      identity: address,
      server: undefined,
      transport: undefined,
      userid: undefined,
      password: 'secret',
      expiresSeconds: 600,
      rootsPem: undefined,
      ...request,
    },
    {
      clock: systemClock,
      dns: new FakeDns().set(NAME, HOST).set('alt.example.org', HOST),
      trace: false,
      ...run,
      say: (line) => {
        lines.push(line);
        run.say?.(line);
      },
    },
  );
  return { result, lines, all: lines.join('\n') };
}

const over = (protocol: ListenOptions['protocol'], port: number, host = HOST): string =>
  `sip:${host}:${port};transport=${protocol}`;

const allowed = accept({ expiresSeconds: 300 });

describe('a registration that succeeds', () => {
  it('is told from resolution to the end, and removed again', async () => {
    const port = await peers.startRegistrar('tcp', [
      challenge({ algorithms: ['SHA-256', 'MD5'] }),
      allowed,
    ]);
    const { result, lines } = await attempt({ server: over('tcp', port, NAME) });
    expect(result).toMatchObject({ registered: true, expires: 300, unregistered: true });
    expect(result.contact).toMatch(/^sip:alice@127\.0\.0\.1:\d+;transport=tcp$/);
    const told = lines
      .join('\n')
      .replaceAll(/\d{4,5}/g, 'N')
      .replace(/\d+ ms/, 'N ms');
    expect(told.split('\n')).toEqual([
      `Registering sip:alice@${NAME} at <sip:${NAME}:N;transport=tcp>`,
      `  DNS     A ${NAME}: 127.0.0.1`,
      `  DNS     AAAA ${NAME}: none`,
      '  DNS     server is at 127.0.0.1 port N (TCP)',
      '  connect connecting to 127.0.0.1 port N (TCP)',
      '  connect connected from 127.0.0.1 port N in N ms',
      '  →       REGISTER for 600 s, without credentials',
      '  ←       401 Unauthorized: asks for a password, realm "sip.example.org", SHA-256 or MD5',
      '  →       REGISTER for 600 s, as "alice" in realm "sip.example.org" (SHA-256)',
      '  ←       200 OK: registered are sip:alice@127.0.0.1:N;transport=tcp for 300 s',
      '',
      'Registered for 300 s as sip:alice@127.0.0.1:N;transport=tcp.',
      '  →       REGISTER to unregister, as "alice" in realm "sip.example.org" (SHA-256)',
      '  ←       200 OK: no contact is registered',
      'Unregistered again.',
    ]);
  });

  it('can be kept; refreshes are told meanwhile', async () => {
    const port = await peers.startRegistrar('udp', [accept({ expiresSeconds: 1 })]);
    const stayed = Promise.withResolvers<void>();
    let refreshes = 0;
    const { result } = await attempt({
      server: over('udp', port),
      run: {
        stay: () => stayed.promise,
        say: (line) => {
          if (line.includes('REGISTER for') && (refreshes += 1) === 2) stayed.resolve();
        },
      },
    });
    expect(result).toMatchObject({ registered: true, unregistered: true });
  });

  it('asks for more time when the server wants it, and follows a redirection', async () => {
    const port = await peers.startRegistrar('udp', [allowed]);
    const moved = redirect(`<${over('udp', port)}>`);
    const first = await peers.startRegistrar('udp', [tooBrief(900), moved]);
    const { result, all } = await attempt({ server: over('udp', first) });
    expect(result.registered).toBe(true);
    expect(all).toContain('423 Interval Too Brief: wants 900 s or more');
    expect(all).toContain('REGISTER for 900 s');
    expect(all).toContain(`302 Moved Temporarily: moved to ${over('udp', port)}`);
  });

  it('shows a NAT and the corrected contact', async () => {
    const seen: Answer = (request, flow) => {
      const response = challenge()(request, flow);
      const via = response?.headers
        .get('Via')
        ?.replace(/;received=[^;]*/, '')
        .replace(/;rport=\d+/, ';rport=4711;received=192.0.2.99');
      return response && { ...response, headers: response.headers.with('Via', via ?? '') };
    };
    const port = await peers.startRegistrar('tcp', [seen, allowed]);
    const { all } = await attempt({ server: over('tcp', port) });
    expect(all).toMatch(/the server sees us at 192\.0\.2\.99 port 4711, not at 127\.0\.0\.1 port/);
    expect(all).toContain('our contact becomes <sip:alice@192.0.2.99:4711;transport=tcp>');
  });

  it('finds the server by SRV records and passes over a dead one', async () => {
    const port = await peers.startRegistrar('tcp', [allowed]);
    const dns = new FakeDns()
      .set('dead.example.org', HOST)
      .set('alive.example.org', HOST)
      .setSrv(
        `_sip._tcp.${NAME}`,
        { target: 'dead.example.org', port: await peers.closedPort(), priority: 1 },
        { target: 'alive.example.org', port, priority: 2 },
      );
    const { result, all } = await attempt({ transport: 'tcp', run: { dns } });
    expect(result.registered).toBe(true);
    expect(all).toMatch(/SRV _sip\._tcp\.sip\.example\.org: dead\.example\.org port \d+, alive/);
    expect(all).toContain('(ECONNREFUSED)');
  });

  it('is refused nothing by a server that does not confirm the end', async () => {
    const port = await peers.startRegistrar('udp', [allowed, refuse(500)]);
    const { result, all } = await attempt({ server: over('udp', port) });
    expect(result).toMatchObject({ registered: true, unregistered: false });
    expect(all).toContain('did not confirm the end');
  });
});

const problem = async (setting: Setting): Promise<TrialResult['problem']> => {
  const { result, all } = await attempt(setting);
  expect(result.registered).toBe(false);
  expect(result.problem?.advice).not.toBe('');
  expect(all).toContain(`Not registered. ${result.problem?.text}`);
  return result.problem;
};

describe('a server that cannot be reached', () => {
  it('has a name without address', async () => {
    expect(await problem({ server: 'nowhere.example.org' })).toMatchObject({
      code: 'unknown-host',
      text: expect.stringContaining('nowhere.example.org'),
    });
  });

  it('has a name that no name server answers for', async () => {
    const dns = new FakeDns().fail(NAME);
    expect(await problem({ run: { dns } })).toMatchObject({ code: 'dns-failed' });
  });

  it.each(['tcp', 'udp'] as const)('refuses the port (%s)', async (protocol) => {
    const port = await peers.closedPort();
    expect(await problem({ server: over(protocol, port) })).toEqual({
      code: 'refused',
      text: `Nothing listens at 127.0.0.1 port ${port} (${protocol.toUpperCase()}).`,
      advice: expect.stringContaining('--transport'),
    });
  });

  it('never answers', async () => {
    const port = await peers.startRegistrar('udp', [silence]);
    const { result } = await attempt({ server: over('udp', port), run: { clock: fastClock } });
    expect(result.problem).toMatchObject({
      code: 'no-answer',
      advice: expect.stringContaining('tcp'),
    });
  });

  it('closes the connection', async () => {
    const port = await peers.listenTcp((socket) => socket.once('data', () => socket.end()));
    expect(await problem({ server: over('tcp', port) })).toMatchObject({ code: 'connection-lost' });
  });
});

describe('TLS', () => {
  const start = (own = certificate): Promise<number> =>
    peers.startRegistrar('tls', [allowed], { certificate: own });

  it('registers with a trusted certificate', async () => {
    const server = over('tls', await start(), NAME);
    const { result } = await attempt({ server, rootsPem: authority.certPem });
    expect(result.registered).toBe(true);
  });

  it('says whom an untrusted certificate is signed by', async () => {
    expect(await problem({ server: over('tls', await start(), NAME) })).toMatchObject({
      code: 'tls-untrusted',
      text: expect.stringContaining('signed by "Test Authority"'),
      advice: expect.stringContaining('--ca'),
    });
  });

  it('says that a certificate is self-signed', async () => {
    expect(
      await problem({ server: over('tls', await start(peers.selfSigned(NAME))) }),
    ).toMatchObject({
      code: 'tls-self-signed',
    });
  });

  it('says for which names a certificate is', async () => {
    const server = over('tls', await start(), 'alt.example.org');
    expect(await problem({ server, rootsPem: authority.certPem })).toMatchObject({
      code: 'tls-wrong-name',
      text: 'The certificate is not for alt.example.org, but for sip.example.org, *.voip.example.org.',
    });
  });

  it('is not spoken by a TCP port', async () => {
    const port = await peers.listenTcp(() => {});
    const { result } = await attempt({ server: over('tls', port), run: { clock: fastClock } });
    expect(result.problem).toMatchObject({
      code: 'tls-failed',
      text: expect.stringContaining('accepts the connection'),
    });
  });
});

describe('a server that says no', () => {
  const answered = async (
    answers: readonly Answer[],
    setting: Setting = {},
  ): Promise<TrialResult['problem']> =>
    problem({ server: over('udp', await peers.startRegistrar('udp', answers)), ...setting });

  it('asks for a password that was not given', async () => {
    expect(await answered([challenge()], { password: undefined })).toMatchObject({
      code: 'password-needed',
      text: expect.stringContaining('realm "sip.example.org", MD5'),
    });
  });

  it.each([
    ['403', [challenge(), refuse(403)]],
    ['401 again', [challenge()]],
  ])('refuses the credentials (%s)', async (_name, answers) => {
    expect(await answered(answers)).toMatchObject({
      code: 'credentials-refused',
      text: expect.stringMatching(
        /as "alice" in realm "sip\.example\.org" \(MD5\).*wrong.*no active/,
      ),
    });
  });

  it('asks in a way that nobody here knows', async () => {
    expect(await answered([challenge({ algorithms: ['MD5-sess'] })])).toMatchObject({
      code: 'challenge-not-answerable',
      text: expect.stringContaining('MD5-sess (not known to Dialtone)'),
    });
  });

  it.each([
    [refuse(403), 'forbidden'],
    [refuse(404), 'not-found'],
    [refuse(404, ['Retry-After', '600']), 'not-found'],
    [refuse(405), 'no-registrar'],
    [refuse(423), 'lifetime-too-short'],
    [refuse(302), 'redirected'],
    [refuse(408), 'timeout-behind'],
    [refuse(420), 'request-refused'],
    [refuse(500), 'server-fault'],
    [refuse(500, ['Retry-After', '600']), 'server-fault'],
    [refuse(603), 'declined'],
  ])('%# answers with a status of its own', async (answer, code) => {
    expect(await answered([answer])).toMatchObject({ code });
  });

  it('says when to come back', async () => {
    expect(await answered([refuse(503, ['Retry-After', '120'])])).toMatchObject({
      code: 'unavailable',
      text: expect.stringContaining('try again in 120 s'),
    });
  });
});

describe('the trace', () => {
  it('shows every message without what would prove the password', async () => {
    const nonce = 'a-very-long-nonce-of-this-server';
    const port = await peers.startRegistrar('tcp', [challenge({ nonce }), allowed]);
    const { all, result } = await attempt({ server: over('tcp', port), run: { trace: true } });
    expect(all).toContain('    | REGISTER sip:sip.example.org SIP/2.0');
    expect(all).toContain('    | SIP/2.0 200 OK');
    expect(all).toMatch(/Authorization: Digest username="alice".*response="[0-9a-f]{4}…"/);
    expect(all).toContain('nonce="a-ve…"');
    expect(JSON.stringify(result) + all).not.toMatch(/secret|a-very-long|[0-9a-f]{32}/);
  });
});
