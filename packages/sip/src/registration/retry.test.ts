import { expect, it } from 'vitest';
import { accept, redirect, refuse, silence, tooBrief, type Answer } from '../testing/index.ts';
import { fakeRandom } from '../testing/fake-random.ts';
import { registrationFixture, type RegistrationFixture } from '../testing/registration-fixture.ts';
import { retryDelayMs } from './retry.ts';
import { DEFAULT_SETTINGS } from './settings.ts';

/** Registers against a registrar that gives `answer` once; counts requests at two moments. */
async function outcome(
  answer: Answer,
  waitMs: number,
): Promise<RegistrationFixture & { readonly before: number; readonly after: number }> {
  const f = registrationFixture();
  f.registrar.answerNext(answer);
  f.registration.register(f.parameters());
  await f.clock.advanceAsync(waitMs - 10);
  const before = f.registrar.requests.length;
  await f.clock.advanceAsync(20);
  return { ...f, before, after: f.registrar.requests.length };
}

it.each([403, 408, 412, 400, 405, 410, 488, 502, 504, 305, 380])(
  '%i: Failed, tried again after 60 s straight to Ok',
  async (status) => {
    const f = await outcome(refuse(status), 60_000);
    expect([f.before, f.after]).toEqual([1, 2]);
    expect(f.states).toEqual(['Progress', 'Failed', 'Ok']);
  },
);

it.each([404, 480, 500])('C6: %i without Retry-After is tried again after 60 s', async (status) => {
  const f = await outcome(refuse(status), 60_000);
  expect([f.before, f.after]).toEqual([1, 2]);
  expect(f.states).toEqual(['Progress', 'Failed', 'Ok']);
});

it.each([404, 480, 500])(
  'registration 89: %i with Retry-After waits in silence',
  async (status) => {
    const f = await outcome(refuse(status, ['Retry-After', '7']), 7000);
    expect([f.before, f.after]).toEqual([1, 2]);
    expect(f.states).toEqual(['Progress', 'Ok']);
  },
);

it.each([481, 503])('C6: %i waits for Retry-After, else 60 s', async (status) => {
  const f = await outcome(refuse(status, ['Retry-After', '7']), 7000);
  expect([f.before, f.after]).toEqual([1, 2]);
  expect(f.states).toEqual(['Progress', 'Failed', 'Ok']);
  const g = await outcome(refuse(status), 60_000);
  expect([g.before, g.after]).toEqual([1, 2]);
});

it('503 to a refresh: Progress, since the retry is automatic', async () => {
  const f = registrationFixture();
  f.registrar.answerNext(accept({ expiresSeconds: 100 }), refuse(503));
  f.registration.register(f.parameters());
  await f.clock.advanceAsync(91_000);
  expect(f.states).toEqual(['Progress', 'Ok', 'Progress']);
  await f.clock.advanceAsync(60_000);
  expect(f.states).toEqual(['Progress', 'Ok', 'Progress', 'Ok']);
});

it.each([600, 603, 606])('%i: Failed for good', async (status) => {
  const f = await outcome(refuse(status), 600_000);
  expect(f.after).toBe(1);
  expect(f.states).toEqual(['Progress', 'Failed']);
});

it('302 without Contact and 423 without Min-Expires: Failed for good', async () => {
  for (const answer of [
    refuse(302),
    refuse(301),
    refuse(423),
    refuse(423, ['Min-Expires', '60']),
  ]) {
    const f = await outcome(answer, 600_000);
    expect(f.after).toBe(1);
    expect(f.states).toEqual(['Progress', 'Failed']);
  }
});

it('a redirection to a transport that is not there: Failed', async () => {
  const f = await outcome(redirect('<sip:x.example.org;transport=sctp>'), 1000);
  expect(f.states).toEqual(['Progress', 'Failed']);
});

it('423: asked again at once with the longer lifetime, which stays for refreshes', async () => {
  const f = registrationFixture();
  f.registrar.answerNext(tooBrief(600));
  f.registration.register(f.parameters({ expiresSeconds: 60 }));
  await f.settle();
  expect(f.states).toEqual(['Progress', 'Ok']);
  await f.clock.advanceAsync(541_000);
  expect(f.registrar.requests.map(({ headers }) => headers.expires)).toEqual([60, 600, 600]);
});

it('491: tried again within ten seconds in silence', async () => {
  const f = registrationFixture();
  f.registrar.answerNext(refuse(491));
  f.registration.register(f.parameters());
  await f.clock.advanceAsync(10_000);
  expect(f.states).toEqual(['Progress', 'Ok']);
});

it('C17: any 2xx is a success', async () => {
  const f = await outcome(refuse(202), 1000);
  expect(f.states).toEqual(['Progress', 'Ok']);
});

it('timeout: Failed after 32 s, tried again 2 s later', async () => {
  const f = registrationFixture();
  f.registrar.answerNext(silence);
  f.registration.register(f.parameters());
  await f.clock.advanceAsync(31_990);
  expect(f.states).toEqual(['Progress']);
  await f.clock.advanceAsync(20);
  expect(f.states).toEqual(['Progress', 'Failed']);
  expect(f.registration.errorInfo).toMatchObject({ code: 408, phrase: 'timeout', reason: 5 });
  await f.clock.advanceAsync(2000);
  expect(f.states).toEqual(['Progress', 'Failed', 'Ok']);
});

it('registration 90: a 503 or 500 makes the next address be tried at once', async () => {
  const f = registrationFixture();
  f.dns.set('sip.example.org', '192.0.2.10', '192.0.2.11');
  const second = f.addRegistrar('192.0.2.11');
  f.registrar.answerAll(refuse(500));
  f.registration.register(f.parameters());
  await f.settle();
  expect(second.requests.length + f.registrar.requests.length).toBeGreaterThan(0);
  expect(f.states).toEqual(['Progress', 'Ok']);
});

it('C7: the pause is constant by default', () => {
  const random = fakeRandom();
  expect([1, 5, 50].map((n) => retryDelayMs(DEFAULT_SETTINGS, n, random))).toEqual([
    60_000, 60_000, 60_000,
  ]);
});

it('C7: with back-off the pause doubles up to a limit, half of it random', () => {
  const settings = {
    ...DEFAULT_SETTINGS,
    retryPattern: { kind: 'back-off', baseMs: 30_000, maxMs: 1_800_000 },
  } as const;
  for (const [failures, full] of [
    [1, 60_000],
    [2, 120_000],
    [10, 1_800_000],
    [1000, 1_800_000],
  ] as const) {
    for (let seed = 1; seed < 20; seed += 1) {
      const delay = retryDelayMs(settings, failures, fakeRandom(seed));
      expect(delay).toBeGreaterThanOrEqual(full / 2);
      expect(delay).toBeLessThanOrEqual(full);
    }
  }
});

it.each([404, 480, 500, 481, 503])(
  '%i with Retry-After: 0 does not make the client flood its server',
  async (status) => {
    const f = registrationFixture();
    f.registrar.answerNext(
      ...Array.from({ length: 9 }, () => refuse(status, ['Retry-After', '0'])),
    );
    f.registration.register(f.parameters());
    await f.clock.advanceAsync(59_000);
    expect(f.registrar.requests).toHaveLength(1);
    await f.clock.advanceAsync(2000);
    expect(f.registrar.requests).toHaveLength(2);
  },
);

it('423 with an ever longer Min-Expires is given up', async () => {
  const f = registrationFixture();
  let floor = 3600;
  f.registrar.answerAll((request, flow) => tooBrief((floor += 1))(request, flow));
  f.registration.register(f.parameters());
  await f.settle();
  expect(f.registrar.requests).toHaveLength(6);
  expect(f.states).toEqual(['Progress', 'Failed']);
});

it('an un-REGISTER does not wait until a postponed REGISTER is sent again', async () => {
  const f = registrationFixture();
  f.registrar.answerNext(refuse(480, ['Retry-After', '3600']));
  f.registration.register(f.parameters());
  f.registration.unregister();
  await f.settle();
  expect(f.registrar.requests.map(({ headers }) => headers.expires)).toEqual([3600, 0]);
  expect(f.states).toEqual(['Progress', 'Cleared']);
});

it('a server that drops each connection after its answer is asked every two seconds, not more', async () => {
  const f = registrationFixture();
  f.registrar.answerAll((request, flow) => {
    f.clock.setTimeout(() => flow.close(), 1);
    return accept()(request, flow);
  });
  f.registration.register(f.parameters({ server: 'sip:sip.example.org;transport=tcp' }));
  await f.clock.advanceAsync(10_000);
  // The first, one at once, then five more in ten seconds.
  expect(f.registrar.requests.length).toBeLessThanOrEqual(7);
  expect(f.registrar.requests.length).toBeGreaterThanOrEqual(6);
});

it('a redirection that led nowhere is forgotten: the next attempt asks the configured server', async () => {
  const f = registrationFixture();
  f.registrar.answerNext(redirect('<sip:192.0.2.99;transport=tcp>'));
  f.registration.register(f.parameters());
  await f.settle();
  expect(f.states).toEqual(['Progress', 'Failed', 'Ok']);
  expect(f.registrar.requests.map(({ requestUri }) => requestUri)).toEqual([
    'sip:sip.example.org',
    'sip:sip.example.org',
  ]);
});

it.each([480, 503])('%i with an absurd Retry-After is tried again after a day', async (status) => {
  const f = await outcome(refuse(status, ['Retry-After', '4294967295']), 86_400_000);
  expect([f.before, f.after]).toEqual([1, 2]);
});
