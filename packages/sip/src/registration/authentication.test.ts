import { expect, it } from 'vitest';
import { computeHa1, parseCredentials } from '../digest/index.ts';
import { accept, challenge, refuse, tooBrief } from '../testing/index.ts';
import { registrationFixture } from '../testing/registration-fixture.ts';

it('C9: of several challenges of a realm the topmost that has a secret is answered, and only that', async () => {
  const f = registrationFixture();
  f.setSecret({});
  f.registrar.answerNext(challenge({ algorithms: ['SHA-256', 'MD5'] }));
  f.registration.register(f.parameters());
  await f.settle();
  const values = f.registrar.lastRequest?.headers.getAll('Authorization') ?? [];
  expect(values).toHaveLength(1);
  expect(values[0]).toContain('algorithm=SHA-256');
});

it('C9: policy moves the choice to the next challenge', async () => {
  const f = registrationFixture();
  f.setSecret({});
  f.settings.digestPolicy = { allowMd5: false, allowNoQop: true };
  f.registrar.answerNext(challenge({ algorithms: ['MD5', 'SHA-256'] }));
  f.registration.register(f.parameters());
  await f.settle();
  expect(f.authorization()).toContain('algorithm=SHA-256');
});

it('C12: when policy refuses every challenge: Failed, Unauthorized, nobody asked', async () => {
  const f = registrationFixture();
  f.setSecret({});
  f.settings.digestPolicy = { allowMd5: false, allowNoQop: true };
  f.registrar.answerAll(challenge({ algorithms: ['MD5'] }));
  f.registration.register(f.parameters());
  await f.clock.advanceAsync(300_000);
  expect(f.states).toEqual(['Progress', 'Failed']);
  expect(f.registration.errorInfo).toMatchObject({ code: 401, reason: 11 });
  expect(f.asked).toEqual([]);
  expect(f.registrar.requests).toHaveLength(1);
});

it('a 401 without any challenge: Failed, nobody asked', async () => {
  const f = registrationFixture();
  f.registrar.answerAll(refuse(401));
  f.registration.register(f.parameters());
  await f.clock.advanceAsync(300_000);
  expect(f.states).toEqual(['Progress', 'Failed']);
  expect(f.asked).toEqual([]);
});

it('C10: `auth` is chosen wherever it stands in qop', async () => {
  const f = registrationFixture();
  f.setSecret({});
  f.registrar.answerNext(
    refuse(401, ['WWW-Authenticate', 'Digest realm="r", nonce="n", qop="auth-int,auth"']),
  );
  f.registration.register(f.parameters());
  await f.settle();
  expect(f.states).toEqual(['Progress', 'Ok']);
  expect(f.authorization()).toContain('qop=auth,');
});

it('C10: stale nonces are answered and never count as a wrong password', async () => {
  const f = registrationFixture();
  f.setSecret({});
  f.registrar.answerNext(
    challenge({ nonce: 'a' }),
    challenge({ nonce: 'b', stale: true }),
    challenge({ nonce: 'c', stale: true }),
  );
  f.registration.register(f.parameters());
  await f.settle();
  expect(f.states).toEqual(['Progress', 'Ok']);
  expect(f.authorization()).toContain('nonce="c"');
  expect(f.asked).toEqual([]);
});

it('a server that finds every nonce stale is not asked for ever', async () => {
  const f = registrationFixture();
  f.setSecret({});
  let n = 0;
  f.registrar.answerAll((request, flow) => {
    n += 1;
    return challenge({ nonce: `n${n}`, stale: true })(request, flow);
  });
  f.registration.register(f.parameters());
  await f.clock.advanceAsync(1000);
  expect(f.states).toEqual(['Progress', 'Failed']);
  expect(f.registrar.requests.length).toBeLessThan(10);
});

it('registration 41: a server that never says 403 is asked again every minute; Failed once', async () => {
  const f = registrationFixture();
  f.setSecret({});
  f.settings.retryAfterMs = 500;
  f.registrar.answerAll(challenge());
  f.registration.register(f.parameters());
  await f.clock.advanceAsync(2000);
  expect(f.asked.length).toBeGreaterThanOrEqual(4);
  expect(f.states).toEqual(['Progress', 'Failed']);
});

it('registration 40: after a wrong password, disabling ends all attempts', async () => {
  const f = registrationFixture();
  f.setSecret({});
  f.registrar.answerAll((request, flow) =>
    (request.headers.has('Authorization') ? refuse(403) : challenge())(request, flow),
  );
  f.registration.register(f.parameters());
  await f.clock.advanceAsync(100);
  f.registration.unregister();
  await f.clock.advanceAsync(600_000);
  expect(f.states).toEqual(['Progress', 'Failed', 'None']);
});

it('C11: after a 403 new credentials restart at once, the same ones do not', async () => {
  const f = registrationFixture();
  f.setSecret({ password: 'wrong' });
  f.registrar.answerNext(challenge({ nonce: 'a' }), refuse(403));
  f.registration.register(f.parameters());
  await f.settle();
  f.setSecret({ password: 'wrong' });
  await f.settle();
  expect(f.registrar.requests).toHaveLength(2);
  f.registrar.answerNext(challenge({ nonce: 'b' }));
  f.setSecret({ password: 'right' });
  await f.settle();
  expect(f.states).toEqual(['Progress', 'Failed', 'Progress', 'Ok']);
});

it('an application that answers every question with the same wrong password does not start a storm', async () => {
  const f = registrationFixture();
  f.setSecret({ password: 'wrong' });
  f.onAsked = () => f.setSecret({ password: 'wrong' });
  f.registrar.answerAll((request, flow) =>
    (request.headers.has('Authorization') ? refuse(403) : challenge())(request, flow),
  );
  f.registration.register(f.parameters());
  await f.clock.advanceAsync(59_000);
  expect(f.registrar.requests).toHaveLength(2);
});

it('403 without any challenge: Failed, nobody asked', async () => {
  const f = registrationFixture();
  f.setSecret({});
  f.registrar.answerNext(refuse(403));
  f.registration.register(f.parameters());
  await f.clock.advanceAsync(1000);
  expect(f.states).toEqual(['Progress', 'Failed']);
  expect(f.asked).toEqual([]);
});

it('a proxy and a registrar may both ask: their answers accumulate', async () => {
  const f = registrationFixture();
  f.setSecret({});
  f.registrar.answerNext(
    challenge({ proxy: true, realm: 'proxy', nonce: 'p' }),
    challenge({ realm: 'registrar', nonce: 'r' }),
  );
  f.registration.register(f.parameters());
  await f.settle();
  expect(f.states).toEqual(['Progress', 'Ok']);
  expect(f.registrar.lastRequest?.headers.get('Proxy-Authorization')).toContain('realm="proxy"');
  expect(f.authorization()).toContain('realm="registrar"');
});

it('a stored hash wins over the password', async () => {
  const f = registrationFixture();
  const ha1 = computeHa1({
    algorithm: 'MD5',
    username: 'alice',
    realm: 'sip.example.org',
    password: 'hashed',
  });
  f.setSecret({ ha1, password: 'other' });
  f.registrar.answerNext(challenge());
  f.registration.register(f.parameters());
  await f.settle();
  expect(parseCredentials(f.authorization())?.response).toMatch(/^[\da-f]{32}$/);
});

it('registration 86: nextnonce replaces the nonce and restarts its count; a bad one recovers by one 401', async () => {
  const f = registrationFixture();
  f.setSecret({});
  f.registrar.answerNext(
    challenge({ nonce: 'a' }),
    accept({ headers: [['Authentication-Info', 'nextnonce="b"']] }),
    challenge({ nonce: 'c' }),
  );
  f.registration.register(f.parameters());
  await f.settle();
  f.registration.refresh();
  await f.settle();
  const used = f.registrar.requests.map(({ headers }) => {
    const value = headers.get('Authorization');
    const credentials = value === undefined ? undefined : parseCredentials(value);
    return credentials && `${credentials.nonce} ${credentials.auth?.nc}`;
  });
  expect(used).toEqual([undefined, 'a 00000001', 'b 00000001', 'c 00000001']);
  expect(f.states).toEqual(['Progress', 'Ok', 'Refreshing', 'Ok']);
});

it('registration 87: with a known realm the nonce serves a new Call-ID, count 2', async () => {
  const f = registrationFixture();
  f.setSecret({});
  f.registrar.answerNext(challenge());
  f.registration.register(f.parameters({ realm: 'sip.example.org' }));
  await f.settle();
  f.registration.register(f.parameters({ realm: 'sip.example.org' }));
  await f.settle();
  expect(f.registrar.requests).toHaveLength(3);
  expect(f.authorization()).toContain('nc=00000002');
  expect(f.registrar.requests[2]?.headers.callId).not.toBe(f.registrar.requests[1]?.headers.callId);
});

it('without a known realm a new Call-ID starts without credentials', async () => {
  const f = registrationFixture();
  f.setSecret({});
  f.registrar.answerNext(challenge());
  f.registration.register(f.parameters());
  await f.settle();
  f.registration.register(f.parameters());
  await f.settle();
  expect(f.registrar.lastRequest?.headers.has('Authorization')).toBe(false);
});

it('a nonce that was refused is not used by anybody again', async () => {
  const f = registrationFixture();
  f.setSecret({});
  const parameters = f.parameters({ realm: 'sip.example.org' });
  f.registrar.answerNext(challenge(), accept(), refuse(403));
  f.registration.register(parameters);
  await f.settle();
  f.registration.refresh();
  await f.settle();
  f.registration.register(parameters);
  await f.settle();
  expect(f.registrar.lastRequest?.headers.has('Authorization')).toBe(false);
});

it('several registrations waiting for one user ask once and all go on', async () => {
  const f = registrationFixture();
  const { Registration } = await import('./registration.ts');
  const second = new Registration(f.context, () => undefined);
  f.registrar.answerNext(challenge(), challenge());
  f.registration.register(f.parameters());
  second.register(f.parameters());
  await f.settle();
  expect(f.asked).toHaveLength(1);
  f.setSecret({});
  await f.settle();
  expect([f.registration.state, second.state]).toEqual([2, 2]);
});

it('a 401 that asks for nothing is a fault of the server: tried again after the usual pause', async () => {
  const f = registrationFixture();
  f.registrar.answerNext(refuse(401));
  f.registration.register(f.parameters());
  await f.clock.advanceAsync(61_000);
  expect(f.states).toEqual(['Progress', 'Failed', 'Ok']);
  expect(f.asked).toEqual([]);
});

it('a nonce that serves once does not make a 423 look like a wrong password', async () => {
  const f = registrationFixture();
  f.setSecret({});
  f.registrar.answerNext(challenge(), tooBrief(7200), challenge({ nonce: 'next' }));
  f.registration.register(f.parameters());
  await f.settle();
  expect(f.states).toEqual(['Progress', 'Ok']);
  expect(f.asked).toEqual([]);
});

it('a 403 to a refresh with the old password is answered with the new one at once', async () => {
  const f = registrationFixture();
  f.setSecret({ password: 'old' });
  f.registrar.answerNext(challenge(), accept({ expiresSeconds: 100 }));
  f.registration.register(f.parameters());
  await f.settle();
  f.setSecret({ password: 'new' });
  f.registrar.answerNext(refuse(403), challenge({ nonce: 'next' }), refuse(403));
  await f.clock.advanceAsync(91_000);
  // The new one is refused, too: it is not tried again by itself.
  expect(f.registrar.requests).toHaveLength(5);
  expect(f.states).toEqual(['Progress', 'Ok', 'Failed']);
  expect(f.asked).toHaveLength(1);
});
